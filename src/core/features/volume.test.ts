import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPane } from '../window/pane.js';
import {
  ROLLING_STATISTICS,
  rollingFeatures,
  rollingStatistics,
  VOLUME_FEATURES,
  volumesAndRates,
} from './volume.js';

test('volumes and rates of a window, worked by hand', () => {
  const pane = createPane(0);
  pane.records = 20;
  // UNSPECIFIED TRACE DEBUG INFO WARN ERROR FATAL
  [1, 2, 3, 8, 2, 3, 1].forEach((count, index) => {
    pane.severityCounts[index] = count;
  });

  const values = Object.fromEntries(
    VOLUME_FEATURES.map(({ name }, index) => [name, volumesAndRates(pane)[index]]),
  );

  expect(values).toEqual({
    log_count: 20,
    error_count: 3,
    fatal_count: 1,
    warn_count: 2,
    info_count: 8,
    critical_count: 4,
    error_rate: 0.15,
    fatal_rate: 0.05,
    warn_rate: 0.1,
    critical_rate: 0.2,
    warn_to_info_ratio: 0.25,
  });
});

test('an empty window has no rate, and not NaN', () => {
  expect(volumesAndRates(createPane(0))).toEqual(VOLUME_FEATURES.map(() => 0));
});

test('warnings without a single INFO record are not divided by zero', () => {
  const pane = createPane(0);
  pane.records = 3;
  pane.severityCounts[4] = 3;

  expect(volumesAndRates(pane).at(-1)).toBe(3);
});

test('rolling statistics, worked by hand', () => {
  // 2 4 4 4 5 5 7 9: mean 5, population deviation 2; p95 at rank 6.65 of 0..7: 7 + 0.65 · 2
  const [mean, min, max, deviation, p95] = rollingStatistics([9, 2, 4, 5, 4, 7, 4, 5]);

  expect([mean, min, max, deviation]).toEqual([5, 2, 9, 2]);
  expect(p95).toBeCloseTo(8.3, 12);
});

test('of one window every statistic is its value, and it does not vary', () => {
  expect(rollingStatistics([7])).toEqual([7, 7, 7, 0, 7]);
});

test('p95 is the 95th percentile and lies among the values', () => {
  expect(rollingStatistics(Array.from({ length: 101 }, (_, n) => n))[4]).toBeCloseTo(95, 9);
  fc.assert(
    fc.property(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 60 }), (values) => {
      const [mean, min, max, deviation, p95] = rollingStatistics(values) as [
        number,
        number,
        number,
        number,
        number,
      ];

      expect(min).toBe(Math.min(...values));
      expect(max).toBe(Math.max(...values));
      expect(p95).toBeGreaterThanOrEqual(min);
      expect(p95).toBeLessThanOrEqual(max);
      expect(mean).toBeGreaterThanOrEqual(min - 1e-6);
      expect(mean).toBeLessThanOrEqual(max + 1e-6);
      expect(deviation).toBeLessThanOrEqual(max - min);
    }),
  );
});

test('each volume and rate has each statistic, named by its horizon', () => {
  const names = rollingFeatures(300_000).map(({ name }) => name);

  expect(names).toHaveLength(VOLUME_FEATURES.length * ROLLING_STATISTICS.length);
  expect(names.slice(0, 5)).toEqual([
    'log_count_mean_5m',
    'log_count_min_5m',
    'log_count_max_5m',
    'log_count_std_5m',
    'log_count_p95_5m',
  ]);
  expect(rollingFeatures(90_000)[0]?.name).toBe('log_count_mean_90s');
});
