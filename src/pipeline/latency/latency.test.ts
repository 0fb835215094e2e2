import { expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/memory-store.js';
import { reportLatency } from './latency.js';
import { latencyTable } from './latency-table.js';
import type { ResultStore } from '../ports.js';
import { TEST_KEY, testCommit, testEvent, testWindow } from '../store/result-store.testkit.js';

const { artifact } = TEST_KEY;

/** Ten live windows whose record waited 1, 2, … 10 ms at the broker, one of history, one of an earlier version. */
async function storeWithStamps(): Promise<ResultStore> {
  const store = createMemoryStore();
  const owner = await store.takeOver(TEST_KEY, []);
  const windows = Array.from({ length: 10 }, (_, n) => {
    const endMs = (n + 1) * 30_000;
    // the broker's clock is 500 ms behind that of who wrote the last record
    const recordTimeMs = endMs + 5000 + (n === 9 ? 520 : 0);
    const appendTimeMs = endMs + 5020;
    const readTimeMs = appendTimeMs + n + 1;
    return testWindow({
      startMs: endMs - 30_000,
      endMs,
      eligibleTimeMs: readTimeMs + 2,
      scoredTimeMs: readTimeMs + 3,
      stamps: { isLive: true, recordTimeMs, appendTimeMs, readTimeMs, startedTimeMs: readTimeMs + 1 },
    });
  });
  const row = windows[0]!;
  const history = testWindow({ source: 'db', stamps: { ...row.stamps!, isLive: false } });
  await owner.commit(
    testCommit({
      windows: [...windows, history, testWindow({ source: 'old' })],
      alerts: [testEvent()],
      alertRows: new Map([['a1-0', row]]),
      commitTimeMs: 400_000,
    }),
  );
  const delivery = { storedTimeMs: 400_004, emittedTimeMs: 400_005, deliveredTimeMs: 400_012 };
  await owner.markSent(['a1-0'], 400_012, new Map([['a1-0', delivery]]));
  return store;
}

test('stages are counted over live windows, history apart, earlier versions told', async () => {
  const report = await reportLatency(await storeWithStamps(), { artifact });

  expect(report.windows).toEqual({ live: 10, backfill: 1, unstamped: 1 });
  expect(report.alertEvents).toEqual({ live: 1, backfill: 0 });
  expect(report.live.appendToRead).toMatchObject({ count: 10, max: 10 });
  expect(report.live.appendToRead!.p50).toBeCloseTo(5, 1);
  expect(report.live.emittedToDelivered).toMatchObject({ count: 1, max: 7 });
  expect(report.live.eventToAlert).toMatchObject({ count: 1, max: 400_012 });
  expect(report.backfill.readToStarted).toMatchObject({ count: 1, max: 1 });
  expect(report.backfill).not.toHaveProperty('appendToRead');
});

test('a record from a clock that is ahead is skew, and slows no stage', async () => {
  const { live } = await reportLatency(await storeWithStamps(), { artifact });

  expect(live.eventToAppend).toMatchObject({ count: 9, max: 20, skew: { count: 1, max: 500 } });
});

test('a range and a source are those of the windows', async () => {
  const store = await storeWithStamps();

  const some = await reportLatency(store, { artifact, source: 'api', fromMs: 30_000, toMs: 90_000 });

  expect(some.windows).toEqual({ live: 2, backfill: 0, unstamped: 0 });
  expect(some.alertEvents.live).toBe(0);
});

test('the table says whose clock is behind whose', async () => {
  const table = latencyTable(await reportLatency(await storeWithStamps(), { artifact }));

  expect(table).toContain('10 live windows and 1 alert events, milliseconds');
  expect(table).toMatch(/logged → at the broker +9 +20\.\d +20\.\d +20\.\d +20\.0\n/);
  expect(table).toMatch(/logged → at the broker +broker behind writer +1 +50\d/);
  expect(table).toMatch(/1 windows were stored before there were stamps\n$/);
});
