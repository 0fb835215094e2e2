import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.js';
import { chooseThreshold, type HealthyPeak } from './threshold.js';

const DAY_MS = 86_400_000;

/** Peaks as a detector of healthy windows gives them: strangeness with an exponential tail, squashed, over some days. */
function peaksOf(count: number, seed: string): readonly HealthyPeak[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const odds = 0.4 * random.exponential();
    return { score: odds / (1 + odds), startMs: random.below(10 * DAY_MS) };
  });
}
const alertsPerDay = (peaks: readonly HealthyPeak[], value: number, days: number): number =>
  peaks.filter(({ score }) => score >= value).length / days;

test.each([0.5, 2, 10])('a budget of %d a day is kept on the peaks that it was chosen on', (budget) => {
  const peaks = peaksOf(600, `budget ${budget}`);

  const threshold = chooseThreshold(peaks, 10 * DAY_MS, budget, '1');

  expect(threshold.sourceDays).toBe(10);
  expect(threshold.healthyAlertsPerDay).toBe(alertsPerDay(peaks, threshold.value, 10));
  expect(threshold.healthyAlertsPerDay).toBeLessThanOrEqual(budget);
  expect(threshold.healthyAlertsPerDay).toBeGreaterThan(budget / 3);
});

test('a budget is nearly kept on days that nobody saw, even far below one alert in the data', () => {
  // 5 days of healthy peaks, 60 a day; a budget of one in 20 days is four times beyond them
  const counts = Array.from({ length: 30 }, (_, n) => {
    const { value } = chooseThreshold(peaksOf(300, `seen ${n}`), 5 * DAY_MS, 0.05, '1');
    return alertsPerDay(peaksOf(60 * 200, `unseen ${n}`), value, 200);
  });

  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  expect(mean).toBeGreaterThan(0.05 / 4);
  expect(mean).toBeLessThan(0.05 * 4);
});

const arbPeaks = fc.array(
  fc.record({
    score: fc.oneof(
      fc.double({ min: 0, max: 0.999_999_9, noNaN: true }),
      fc.constantFrom(0, 0.5, 0.5, 0.999, 0.999_999_944),
    ),
    startMs: fc.nat(10 * DAY_MS),
  }),
  { maxLength: 120 },
);

test('a larger budget never raises the threshold', () => {
  const arbBudget = fc.double({ min: 0.001, max: 200, noNaN: true });
  fc.assert(
    fc.property(arbPeaks, arbBudget, arbBudget, (peaks, a, b) => {
      const small = chooseThreshold(peaks, 3 * DAY_MS, Math.min(a, b), '1');
      const large = chooseThreshold(peaks, 3 * DAY_MS, Math.max(a, b), '1');

      expect(large.value).toBeLessThanOrEqual(small.value);
    }),
  );
});

test('a threshold keeps its budget, is in [0, 1], inside its interval, and the same for the same seed', () => {
  fc.assert(
    fc.property(arbPeaks, fc.constantFrom(0.01, 0.3, 2, 50), (peaks, budget) => {
      const threshold = chooseThreshold(peaks, 3 * DAY_MS, budget, '1');

      expect(threshold.healthyAlertsPerDay).toBeLessThanOrEqual(budget);
      expect(threshold.value).toBeGreaterThanOrEqual(0);
      expect(threshold.value).toBeLessThanOrEqual(1);
      expect(threshold.interval[0]).toBeLessThanOrEqual(threshold.value);
      expect(threshold.interval[1]).toBeGreaterThanOrEqual(threshold.value);
      expect(chooseThreshold(peaks, 3 * DAY_MS, budget, '1')).toEqual(threshold);
    }),
  );
});

test('peaks that are all alike do not alert when they are more than the budget', () => {
  const peaks = Array.from({ length: 30 }, (_, n) => ({ score: 0.6, startMs: n }));

  const threshold = chooseThreshold(peaks, 10 * DAY_MS, 1, '1');

  expect(threshold.value).toBeGreaterThan(0.6);
  expect(threshold.healthyAlertsPerDay).toBe(0);
});

test('windows that score 0 never alert, however few they are for the budget', () => {
  const silent = [0, 0, 0.2, 0].map((score, n) => ({ score, startMs: n }));

  expect(chooseThreshold(silent, 10 * DAY_MS, 50, '1').value).toBeGreaterThan(0);
  expect(chooseThreshold(silent, 10 * DAY_MS, 50, '1').healthyAlertsPerDay).toBe(0.1);
});

test('without any peak the threshold is one half, and with one or two it is at or above them', () => {
  expect(chooseThreshold([], DAY_MS, 1, '1')).toMatchObject({ value: 0.5, healthyAlertsPerDay: 0 });
  expect(chooseThreshold([{ score: 0.3, startMs: 0 }], DAY_MS, 0.1, '1').value).toBeGreaterThan(0.3);
  const two = [
    { score: 0.3, startMs: 0 },
    { score: 0.4, startMs: 9 },
  ];
  expect(chooseThreshold(two, DAY_MS, 0.1, '1').value).toBeGreaterThan(0.4);
});
