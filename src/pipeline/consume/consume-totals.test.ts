// What a consumer says of itself while one artifact takes the place of another: figures of the whole stream, not of one of them.
import { expect, test } from 'vitest';
import { LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { createConsumeStatus } from '../health/consume-status.js';
import { a, c, storeWithModels } from '../lanes/lanes.testkit.js';
import { consume } from './consume.js';
import { createListSource, createTestClock } from './consume.testkit.js';
import { describeCounts } from './describe-counts.js';
import { tellProgress } from './tell-progress.js';

/** Both have spoken by then, and the former one is not done yet. */
const STOPPED_AT = 450;
const log = plainLog(2400, createRandom('totals'));
const keyOf = ({ name, version }: typeof a) => ({ name, version });

test('started again while two artifacts read, it stands behind what came of both, and counts only what is new', async () => {
  const store = await storeWithModels();
  const clock = createTestClock(LOG_START_MS);
  const run = (count: number) => {
    const batches = log.slice(0, count).map((record) => [{ ok: true, record, line: 1, lines: 1 } as const]);
    const onBatch = (index: number): void => {
      clock.set(Math.max(clock.nowMs() + 1000, log[index]!.eventTimeMs));
      if (index !== 200) return;
      const request = { kind: 'promote', stream: 'list', by: 'tester', requestTimeMs: 0 } as const;
      void store.requestPromotion({ ...request, to: keyOf(c), replaces: keyOf(a) });
    };
    const said: string[] = [];
    const status = createConsumeStatus(clock);
    const teller = tellProgress({ ...clock, sleep: () => new Promise(() => {}) }, (sentence) =>
      said.push(sentence),
    );
    const observer = {
      ...status,
      onTakeOver: (...told: Parameters<typeof status.onTakeOver>) => {
        status.onTakeOver(...told);
        teller.observer.onTakeOver(...told);
      },
    };
    const job = {
      artifact: a,
      source: createListSource(batches, clock, { onBatch, isAlwaysCaughtUp: true }),
      store,
      sinks: [],
      clock,
      signal: new AbortController().signal,
      ticks: false,
      commitEveryMs: 0,
      decodeModel: (text: string) => (text === a.version ? a : c),
      observer,
    };
    return { done: consume(job), said, totals: () => status.state().totals };
  };
  const first = run(STOPPED_AT);
  const { counts: before } = await first.done;
  const lanes = await store.lanes();
  expect(lanes.map(({ lane }) => lane?.role)).toEqual([undefined, 'champion']);
  const own = await Promise.all(lanes.map(async (key) => (await store.takeOver(key, [])).state.counts!));
  expect(Math.min(...own.map(({ windows }) => windows))).toBeGreaterThan(0);
  expect(first.totals().windows).toBe(before.windows);

  const second = run(1800);
  const { counts: after } = await second.done;

  expect(second.said).toContain(`going on where the last run stopped, behind ${describeCounts(before)}`);
  expect((await store.lanes())[0]!.lane?.role).toBe('retired');
  expect(second.totals()).toMatchObject({
    read: 1800 - STOPPED_AT,
    windows: after.windows - before.windows,
    alertsOpened: after.alertsOpened - before.alertsOpened,
  });
});
