// Members of a fake broker's group that consume what looks like a real log, and what an offline replay says about it.
import { LOG_START_MS } from '../../core/log-like.testkit.js';
import type { LogRecord } from '../../core/record.js';
import { fitSmall, score } from '../../core/scorer.testkit.js';
import { consumePartitions } from './consume-partitions.js';
import type { PartitionsJob, PartitionsSummary } from './partitions-job.js';
import { createTestClock } from './consume.testkit.js';
import type { FakeBroker, FakeMember } from '../partitions/partition-group.testkit.js';
import type { ResultStore } from '../ports.js';

/** Fitted in memory; its rows are what a replay of the same records gives. */
export const artifact = fitSmall();
/** As severities are written; every one that `arbLogLike` draws has its own. */
const NAMES: Readonly<Record<number, string>> = {
  5: 'debug',
  9: 'info',
  13: 'warn',
  17: 'error',
  21: 'fatal',
};

export function textOf({ eventTimeMs, source, severity, body }: LogRecord): string {
  return JSON.stringify({
    time: new Date(eventTimeMs).toISOString(),
    level: NAMES[severity],
    service: source,
    msg: body,
  });
}

export interface Consumer {
  readonly member: FakeMember;
  readonly stop: AbortController;
  readonly ended: Promise<PartitionsSummary>;
  readonly warnings: string[];
  readonly notices: string[];
}

export function startConsumer(
  broker: FakeBroker,
  store: ResultStore,
  changes: Partial<PartitionsJob> = {},
): Consumer {
  const member = broker.join();
  const stop = new AbortController();
  const warnings: string[] = [];
  const notices: string[] = [];
  const ended = consumePartitions({
    artifact,
    group: member,
    store,
    sinks: [],
    clock: createTestClock(LOG_START_MS + 1e10),
    signal: stop.signal,
    untilEnd: false,
    commitEveryMs: 0,
    hooks: {
      onWarning: (sentence) => warnings.push(sentence),
      onNotice: (sentence) => notices.push(sentence),
    },
    ...changes,
  });
  return { member, stop, ended, warnings, notices };
}

export const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
};

/** All windows of a store, without what the clock and early closing give them. */
export async function rowsIn(store: ResultStore): Promise<unknown> {
  const rows = await store.windows({ artifact });
  return rows.map((row) => ({ ...row, revision: 0, eligibleTimeMs: 0, scoredTimeMs: 0 }));
}

/** The same of an undisturbed run. */
export function replayed(records: readonly LogRecord[]): unknown {
  const { final } = score(
    artifact,
    records.map((record) => ({ kind: 'record', record })),
  );
  return final.map((row) => ({
    ...row,
    revision: 0,
    features: Array.from(row.features),
    eligibleTimeMs: 0,
    scoredTimeMs: 0,
  }));
}
