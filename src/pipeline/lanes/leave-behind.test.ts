import { expect, test } from 'vitest';
import { LOG_START_MS, plainLog } from '../../core/log-like.testkit.js';
import { createRandom } from '../../core/random.js';
import { consume } from '../consume/consume.js';
import { createListSource, createTestClock } from '../consume/consume.testkit.js';
import { a, c, storeWithModels } from './lanes.testkit.js';

const log = plainLog(2400, createRandom('totals')).slice(0, 450);
const keyOf = ({ name, version }: typeof a) => ({ name, version });

test('what a former champion counted before it failed is stored once: the next run adds nothing to it', async () => {
  const store = await storeWithModels();
  const clock = createTestClock(LOG_START_MS);
  let isFirst = true;
  let isFailing = false;
  const former = {
    ...a,
    threshold: {
      ...a.threshold,
      get value(): number {
        if (isFailing) throw new Error('cannot score');
        // it opens no alert: there is nothing else to store of it
        return 2;
      },
    },
  };
  const batches = log.map((record) => [{ ok: true, record, line: 1, lines: 1 } as const]);
  const onBatch = (index: number): void => {
    clock.set(Math.max(clock.nowMs() + 1000, log[index]!.eventTimeMs));
    if (index !== 200) return;
    const request = { kind: 'promote', stream: 'list', by: 'tester', requestTimeMs: 0 } as const;
    void store.requestPromotion({ ...request, to: keyOf(c), replaces: keyOf(a) });
  };
  const warnings: string[] = [];
  const job = {
    artifact: former,
    source: createListSource(batches, clock, { onBatch, isAlwaysCaughtUp: true }),
    store,
    sinks: [],
    clock,
    signal: new AbortController().signal,
    ticks: false,
    commitEveryMs: 0,
    // it fails where the last commit stood: the next run takes both up again
    agreeOnEnd: async (maxEventTimeMs: number | undefined) => {
      isFailing = isFirst;
      return maxEventTimeMs! + 60_000;
    },
    decodeModel: (text: string) => (text === a.version ? a : c),
    hooks: { onWarning: (sentence: string) => void warnings.push(sentence) },
  };

  const { counts } = await consume(job);

  expect(warnings.join('\n')).toMatch(/the former champion .* failed on list and reads no more/);
  const lanes = await store.lanes();
  expect(lanes.map(({ lane }) => lane?.role)).toEqual([undefined, 'champion']);
  const stored = await Promise.all(lanes.map(async (key) => (await store.takeOver(key, [])).state));
  expect(stored.map((state) => state.counts!.windows)).toEqual([0, counts.windows]);
  isFirst = isFailing = false;
  const again = await consume(job);
  expect(again.counts).toEqual(counts);
});
