// A stream that falls silent: what is told when its reader is started again in the middle of that.
import { expect, test } from 'vitest';
import { kindOf } from '../../core/alert-kind.js';
import { plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import type { Read } from '../../core/record.js';
import { fitSmall } from '../../core/scorer.testkit.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import type { AlertNotice, RecordSource, ResultStore, StoredWindow } from '../ports.js';
import { consume } from './consume.js';
import { createListSink, createTestClock } from './consume.testkit.js';
import { LIVE_LAG_MS } from './present.js';

const fitted = fitSmall({ detector: 'silence' });
// a few windows without a record, which this source never has in health
const artifact = { ...fitted, threshold: { ...fitted.threshold, value: 0.7 } };
const reads = plainLog(300, createRandom('another day')).map((record): Read => ({
  ok: true,
  record: { ...record, source: 'api' },
  line: 1,
  lines: 1,
}));
const newestMs = Math.max(...reads.map((read) => (read.ok ? read.record.eventTimeMs : 0)));

/**
 * Reads all there is from one moment to another, both ms after the newest record; where nothing is new, one empty batch
 * says so, as followed files and partitions do.
 */
async function follow(
  store: ResultStore,
  fromMs: number,
  toMs: number,
): Promise<{ readonly rows: readonly StoredWindow[]; readonly notices: readonly AlertNotice[] }> {
  const clock = createTestClock(newestMs + fromMs);
  const stop = new AbortController();
  const sink = createListSink();
  const source: RecordSource = {
    streamId: 'quiet',
    batches: async function* (from, signal) {
      const left = reads.slice((from as number | undefined) ?? 0);
      yield { reads: left, ingestTimeMs: clock.nowMs(), position: reads.length, isCaughtUp: true };
      while (!signal.aborted && clock.nowMs() < newestMs + toMs) await clock.sleep(0);
      stop.abort();
    },
  };
  const { signal } = stop;
  await consume({ artifact, source, store, sinks: [sink], clock, signal, ticks: true });
  return { rows: await store.windows({ artifact }), notices: sink.notices };
}

test('started again in the middle of a silence, its windows come and its alert opens without a new record', async () => {
  //  run 1               run 2
  // [records, 2 s] ....  [75 s to 95 s after the last one: nothing new]
  const store = createMemoryStore();
  const first = await follow(store, 1000, 3000);
  expect(first.rows.every(({ startMs }) => startMs < newestMs)).toBe(true);

  const fromMs = LIVE_LAG_MS + 15_000;
  const { rows, notices } = await follow(store, fromMs, fromMs + 20_000);

  const silent = rows.filter(({ startMs, records }) => startMs > newestMs && records === 0);
  expect(Math.max(...silent.map(({ endMs }) => endMs))).toBeGreaterThan(newestMs + fromMs);
  const opened = notices.filter(({ event }) => event.type === 'opened' && event.startMs > newestMs);
  expect(opened.map(({ event }) => kindOf(event.explanation))).toEqual(['silence']);
});

test('what was old when it was read for the first time is no silence, however often it is read', async () => {
  const store = createMemoryStore();
  const fromMs = LIVE_LAG_MS + 5000;
  const first = await follow(store, fromMs, fromMs + 10_000);
  const second = await follow(store, fromMs + 11_000, fromMs + 20_000);

  expect(first.rows.length).toBeGreaterThan(5);
  expect(first.rows.every(({ startMs }) => startMs < newestMs)).toBe(true);
  expect(second.rows).toEqual(first.rows);
});

test('a stream that was live is history once all of its sources sleep', async () => {
  const store = createMemoryStore();
  const first = await follow(store, 1000, 3000);

  const fromMs = TEST_SPEC.maxSilenceMs + 10_000;
  const second = await follow(store, fromMs, fromMs + 10_000);

  expect(second.rows).toEqual(first.rows);
});
