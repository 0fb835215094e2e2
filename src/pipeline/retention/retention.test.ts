import { expect, test } from 'vitest';
import { createTestClock } from '../consume/consume.testkit.js';
import { noneOf } from './prune.js';
import { createRetention, describeRetained } from './retention.js';
import { DAY_MS } from './sweep.testkit.js';

const NOW_MS = Date.UTC(2026, 6, 15, 12);

test('what was deleted is said with the first sweep, then at most once a day, and at the end', () => {
  const said: string[] = [];
  const clock = createTestClock(NOW_MS);
  const retention = createRetention(30 * DAY_MS, clock, (sentence) => said.push(sentence));
  const sweep = (windows: number): void => {
    retention.sweepBegan(clock.nowMs() - 30 * DAY_MS);
    retention.note('windows', windows);
    retention.sweepEnded();
  };

  sweep(0);
  expect(said).toEqual([]);
  sweep(12_480);
  clock.set(NOW_MS + DAY_MS / 2);
  sweep(20);
  clock.set(NOW_MS + DAY_MS);
  retention.note('evidence', 3);
  sweep(30);
  retention.note('deliveries', 1);
  retention.stop();

  expect(said).toEqual([
    'deleted what is older than 30d: windows 12,480; windows are complete from 2026-06-15 12:00Z on',
    'deleted what is older than 30d: windows 50, lines of alerts that nobody spoke of 3; windows are complete from 2026-06-16 12:00Z on',
    'deleted what is older than 30d: deliveries 1; windows are complete from 2026-06-16 12:00Z on',
  ]);
  expect(retention.totals()).toMatchObject({ windows: 12_530, evidence: 3, deliveries: 1 });
});

test('what a sweep deleted that was told to stop in its middle is said too', () => {
  const said: string[] = [];
  const retention = createRetention(DAY_MS, createTestClock(NOW_MS), (sentence) => said.push(sentence));

  retention.sweepBegan(NOW_MS - DAY_MS);
  retention.note('windows', 500);
  retention.stop();

  expect(said).toEqual([
    'deleted what is older than 1d: windows 500; windows are complete from 2026-07-14 12:00Z on',
  ]);
});

test('streams that were left are looked for once a day, by whoever asks first', () => {
  const clock = createTestClock(NOW_MS);
  const retention = createRetention(DAY_MS, clock, () => {});

  expect([retention.takesLeft(), retention.takesLeft()]).toEqual([true, false]);
  clock.set(NOW_MS + DAY_MS);
  expect(retention.takesLeft()).toBe(true);
});

test('whoever asks for windows is told where they begin, if any were deleted', () => {
  const retained = {
    artifact: { name: 'demo', version: 'v1' },
    keepMs: 30 * DAY_MS,
    beforeMs: NOW_MS,
    pruned: { ...noneOf(), windows: 3 },
  };

  expect(describeRetained(retained, -Infinity)).toBe(
    'windows that start before 2026-07-15 12:00Z are not all there any more: they are kept for 30d',
  );
  expect(describeRetained(retained, NOW_MS)).toBeUndefined();
  expect(describeRetained({ ...retained, pruned: noneOf() }, 0)).toBeUndefined();
  expect(describeRetained(undefined, 0)).toBeUndefined();
});
