// A consumer that reads a day in seconds and is on time with its end: history first, at one moment, then batch by batch, each
// when it was logged, by a clock that is set to it. What it stores has the stage times of a consumer that was really there.
import { setImmediate } from 'node:timers/promises';
import type { Artifact } from '../../core/artifact.js';
import type { Read } from '../../core/record.js';
import { CANARY_STREAM } from '../canary/canary-stream.js';
import { consume } from '../consume/consume.js';
import { createListSink } from '../consume/consume.testkit.js';
import type { Desk } from '../desk/desk.js';
import type { Clock, RecordBatch, ResultStore } from '../ports.js';
import { compileTexts, messageOf } from '../sinks/alert-message.js';
import { createCourier } from '../sinks/courier.js';
import { createFakeSink } from '../sinks/courier.testkit.js';
import { testCommit } from '../store/result-store.testkit.js';

export interface OnTimeJob {
  readonly artifact: Artifact;
  readonly shadow: Artifact;
  readonly store: ResultStore;
  /** Whose silences the sink heeds. */
  readonly desk: Desk;
  /** By their times, and all of them records. */
  readonly reads: readonly Read[];
  /** What was logged before is history when it is read. */
  readonly liveFromMs: number;
  /** Where an earlier call on the same store ended; default the first of the reads. */
  readonly fromMs?: number;
  readonly nowMs: number;
}

const HISTORY_BATCH_MS = 600_000;
const LIVE_BATCH_MS = 2000;
/** From the last line of a batch to the consumer. */
const ON_THE_WAY_MS = 40;
/** For sinks to be told of one batch before the next comes. */
const TURNS = 12;

export async function consumeOnTime(job: OnTimeJob): Promise<void> {
  const { artifact, shadow, store, desk, reads, liveFromMs, nowMs } = job;
  const clock = createSetClock(job.fromMs ?? liveFromMs);
  const stopping = new AbortController();
  const batches = async function* (from: unknown): AsyncGenerator<RecordBatch> {
    let at = (from as number | undefined) ?? 0;
    for (let fromMs = job.fromMs ?? timeOf(reads[0]!); fromMs < nowMs;) {
      const isLive = fromMs >= liveFromMs;
      const reachMs = isLive ? fromMs + LIVE_BATCH_MS : Math.min(fromMs + HISTORY_BATCH_MS, liveFromMs);
      const toMs = Math.min(reachMs, nowMs);
      const first = at;
      while (at < reads.length && timeOf(reads[at]!) < toMs) at++;
      if (isLive) clock.set(toMs + ON_THE_WAY_MS);
      yield {
        reads: reads.slice(first, at),
        ingestTimeMs: clock.nowMs(),
        position: at,
        isCaughtUp: toMs >= liveFromMs,
      };
      for (let turn = 0; turn < TURNS; turn++) await setImmediate();
      fromMs = toMs;
    }
    stopping.abort();
  };
  const texts = compileTexts();
  const courier = createCourier({
    sinks: [createFakeSink('slack', clock)],
    clock,
    desk,
    seed: 'on time',
    notifyHistory: false,
    historyAfterMs: HISTORY_BATCH_MS,
    giveUpAfterMs: 86_400_000,
    messageOf: (told, key, sentMs) => messageOf(told, key, sentMs, texts),
    onWarning: () => undefined,
  });
  await consume({
    artifact,
    shadows: [shadow],
    hasCanary: true,
    source: { streamId: 'kafka://broker-1:9092/shop-logs', batches },
    store,
    sinks: [createListSink()],
    courier,
    clock,
    signal: stopping.signal,
    ticks: true,
  });
  await courier.stop();
  if (job.fromMs !== undefined) return;
  // as its judge would: by its stream the page knows that there is a canary
  const { name, version, spec } = artifact;
  const judge = await store.takeOver(
    { streamId: CANARY_STREAM, artifact: { name, version } },
    spec.features.map((feature) => feature.name),
  );
  await judge.commit(testCommit({ commitTimeMs: nowMs }));
}

function timeOf(read: Read): number {
  return read.ok ? read.record.eventTimeMs : Number.NEGATIVE_INFINITY;
}

/** Stands still until it is set for the first time, then goes on by itself from wherever it is set. Nobody waits by it. */
function createSetClock(startMs: number): Clock & { set(nowMs: number): void } {
  let setMs = startMs;
  let sinceMs: number | undefined;
  return {
    nowMs: () => setMs + (sinceMs === undefined ? 0 : performance.now() - sinceMs),
    set: (to) => {
      setMs = to;
      sinceMs = performance.now();
    },
    sleep: async () => await setImmediate(),
  };
}
