import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbLogLike, LOG_START_MS } from '../../core/log-like.testkit.js';
import type { LogRecord, Read } from '../../core/record.js';
import { fitSmall } from '../../core/scorer.testkit.js';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { createMemoryStore } from '../adapters/memory-store.js';
import { consume } from '../consume/consume.js';
import { createListSource, createTestClock } from '../consume/consume.testkit.js';
import type { ResultStore, StoredWindow } from '../ports.js';
import { createRetention } from './retention.js';
import { DAY_MS, HOUR_MS } from './sweep.testkit.js';

const fitted = fitSmall();
const touchy = { ...fitted, threshold: { ...fitted.threshold, value: 0.5 } };
const KEY = { streamId: 'list', artifact: touchy };
const KEEP_MS = 2 * HOUR_MS;

/** Over some hours: a lull after every so many records. */
const spread = (records: readonly LogRecord[]): LogRecord[] =>
  records.map((record, index) => ({
    ...record,
    eventTimeMs: record.eventTimeMs + Math.floor(index / 20) * 45 * 60_000,
  }));
const arbRecords = (slips: boolean) =>
  arbLogLike({ ...TEST_SPEC, maxRecords: 160, slips }).map((records) => spread(records));

/** Dies with its process after so many deletions. */
function dyingStore(store: ResultStore, afterDeletions: number): ResultStore {
  let deletions = 0;
  return {
    ...store,
    takeOver: async (key, names) => {
      const owner = await store.takeOver(key, names);
      return {
        ...owner,
        prune: async (...asked) => {
          const rows = await owner.prune(...asked);
          if (rows > 0 && deletions++ === afterDeletions) throw new Error('killed');
          return rows;
        },
      };
    },
  };
}

async function run(
  records: readonly LogRecord[],
  { keeps, deaths = [] }: { readonly keeps: boolean; readonly deaths?: readonly number[] },
) {
  const store = createMemoryStore();
  // long after the log was written
  const clock = createTestClock(LOG_START_MS + 30 * DAY_MS);
  const reads = records.map((record, index): Read => ({ ok: true, record, line: index + 1, lines: 1 }));
  const batches = Array.from({ length: Math.ceil(reads.length / 3) }, (_, n) =>
    reads.slice(3 * n, 3 * n + 3),
  );
  const source = createListSource(batches, clock, { onBatch: () => clock.set(clock.nowMs() + 1000) });
  const retention = keeps ? createRetention(KEEP_MS, clock, () => {}) : undefined;
  const job = { artifact: touchy, source, sinks: [], clock, ticks: false, commitEveryMs: 0, retention };
  const { signal } = new AbortController();
  for (const after of deaths)
    await consume({ ...job, store: dyingStore(store, after), signal }).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
    });
  await consume({ ...job, store, signal });
  const rows = (await store.windows({ artifact: touchy })).map((row): StoredWindow => ({
    ...row,
    eligibleTimeMs: 0,
    scoredTimeMs: 0,
  }));
  const { state } = await store.takeOver(KEY, []);
  return {
    rows,
    rest: { state, alerts: await store.alerts({ artifact: touchy }) },
    retained: await store.retained(touchy),
  };
}

const keyOf = ({ source, startMs }: StoredWindow): string => `${source} ${startMs}`;

test.each([false, true])(
  'law: scores and alerts are those of a stream that keeps everything, over kills between deletions (clocks that slip: %s)',
  async (slips) => {
    let deleted = 0;
    await fc.assert(
      fc.asyncProperty(arbRecords(slips), fc.array(fc.nat(4), { maxLength: 2 }), async (records, deaths) => {
        const whole = await run(records, { keeps: false });
        const kept = await run(records, { keeps: true, deaths });

        expect(kept.rest).toEqual(whole.rest);
        const wanted = new Map(whole.rows.map((row) => [keyOf(row), row]));
        for (const row of kept.rows) expect(row).toEqual(wanted.get(keyOf(row)));
        const there = new Set(kept.rows.map(keyOf));
        const gone = whole.rows.filter((row) => !there.has(keyOf(row)));
        const newestMs = Math.max(...records.map(({ eventTimeMs }) => eventTimeMs));
        const youngMs = slips ? Infinity : newestMs - KEEP_MS;
        const beforeMs = Math.min(youngMs, kept.retained?.beforeMs ?? -Infinity);
        for (const { startMs } of gone) expect(startMs).toBeLessThan(beforeMs);
        deleted += gone.length;
      }),
      { numRuns: 12 },
    );
    expect(deleted).toBeGreaterThan(100);
  },
);
