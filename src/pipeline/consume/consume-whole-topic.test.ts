import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_SOURCES, LOG_START_MS } from '../../core/log-like.testkit.js';
import type { LogRecord } from '../../core/record.js';
import { fitSmall, score } from '../../core/scorer.testkit.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import type { PartitionsJob, PartitionsSummary } from './partitions-job.js';
import { consumeWholeTopic } from './consume-whole-topic.js';
import { createTestClock } from './consume.testkit.js';
import { createFakeBroker, type FakeBroker, type FakeMember } from '../partitions/partition-group.testkit.js';
import type { ResultStore } from '../ports.js';

const artifact = fitSmall({ window: { ...TEST_SPEC, groupBy: 'all' } });
const ALL = LOG_SOURCES.map((_, partition) => partition);

function brokerWith(records: readonly LogRecord[]): FakeBroker {
  const broker = createFakeBroker(LOG_SOURCES.length, 5);
  for (const { eventTimeMs, source, body } of records) {
    const partition = LOG_SOURCES.findIndex((each) => each === source);
    const text = JSON.stringify({ time: new Date(eventTimeMs).toISOString(), service: source, msg: body });
    broker.append(partition, text, source, 2e12);
  }
  return broker;
}

interface Started {
  readonly member: FakeMember;
  readonly stop: AbortController;
  readonly ended: Promise<PartitionsSummary>;
  readonly notices: string[];
}

function start(broker: FakeBroker, store: ResultStore, changes: Partial<PartitionsJob> = {}): Started {
  const member = broker.join();
  const stop = new AbortController();
  const notices: string[] = [];
  const ended = consumeWholeTopic({
    artifact,
    group: member,
    store,
    sinks: [],
    clock: createTestClock(LOG_START_MS + 1e10),
    signal: stop.signal,
    untilEnd: true,
    commitEveryMs: 0,
    hooks: { onNotice: (sentence) => notices.push(sentence) },
    ...changes,
  });
  return { member, stop, ended, notices };
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
};

const unstamped = <T extends object>(rows: readonly T[]) =>
  rows.map((row) => ({ ...row, revision: 0, eligibleTimeMs: 0, scoredTimeMs: 0 }));

test('law 2: windows over everything are those of the partitions merged by time, wherever it is stopped', async () => {
  const arbRecords = arbLogLike({ ...TEST_SPEC, maxRecords: 200, slips: false });
  await fc.assert(
    fc.asyncProperty(arbRecords, fc.array(fc.nat(15), { maxLength: 4 }), async (records, stops) => {
      const broker = brokerWith(records);
      const store = createMemoryStore();
      for (const afterTurns of stops) {
        const { member, stop, ended } = start(broker, store);
        await turns(3);
        member.assign(ALL);
        await turns(afterTurns);
        stop.abort();
        await ended;
      }

      const { member, ended } = start(broker, store);
      await turns(3);
      member.assign(ALL);
      const { counts } = await ended;

      const merged = mergeByTime(records).map((record) => ({ ...record, severity: 0 }));
      const wanted = score(
        artifact,
        merged.map((record) => ({ kind: 'record', record })),
      );
      expect(counts.records.read).toBe(records.length);
      expect(unstamped(await store.windows({ artifact }))).toEqual(
        unstamped(wanted.final.map((row) => ({ ...row, features: Array.from(row.features) }))),
      );
    }),
    { numRuns: 10 },
  );
});

test('a second consumer is refused, and the one that reads goes on', async () => {
  const records = [0, 1, 2, 3].map((n): LogRecord => ({
    eventTimeMs: LOG_START_MS + n * 1000,
    source: LOG_SOURCES[n % 3]!,
    severity: 9,
    body: `heartbeat ${n} ok`,
  }));
  const broker = brokerWith(records);
  const store = createMemoryStore();
  const first = start(broker, store, { untilEnd: false });
  await turns(3);
  first.member.assign(ALL);
  await turns(50);

  const second = start(broker, store, { untilEnd: false });
  setTimeout(() => second.member.assign([2], false), 5);
  first.member.assign([0, 1]);

  await expect(second.ended).rejects.toThrow(/one consumer must read all of topic logs/);
  first.member.assign(ALL);
  broker.append(0, '{"time":"2026-01-05T09:00:09Z","msg":"heartbeat 9 ok"}', 'api', 2e12);
  await turns(50);
  first.stop.abort();
  expect((await first.ended).counts.records.read).toBe(records.length + 1);
  expect(first.notices.some((each) => /waiting for the other to leave/.test(each))).toBe(true);
});

/** As several files are merged: always the earliest of the heads. */
function mergeByTime(records: readonly LogRecord[]): LogRecord[] {
  const heads = LOG_SOURCES.map((source) => records.filter((record) => record.source === source));
  const merged: LogRecord[] = [];
  for (;;) {
    const [first] = heads
      .filter((each) => each.length > 0)
      .sort((a, b) => a[0]!.eventTimeMs - b[0]!.eventTimeMs);
    if (first === undefined) return merged;
    merged.push(first.shift()!);
  }
}
