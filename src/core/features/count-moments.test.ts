import { expect, test } from 'vitest';
import { momentsOf, momentsWhenPresent } from './count-moments.js';

test('one window that held a line says little: its spread is nearly that of a geometric distribution', () => {
  // mean 3; no squared deviation, five windows' worth of 3 + 3²
  expect(momentsWhenPresent(1, 3, 9)).toEqual({ mean: 3, variance: 10 });
});

test('many windows that held a line the same number of times make its count certain', () => {
  const { mean, variance } = momentsWhenPresent(10_000, 30_000, 90_000);

  expect(mean).toBe(3);
  expect(variance).toBeLessThan(0.01);
});

test('what never was seen is rare, not impossible', () => {
  // half a record in 99 + 1 windows; spread at least as by chance
  expect(momentsOf(Array.from({ length: 99 }, () => 0))).toEqual({ mean: 0.005, variance: 0.005 });
});

test('bursts widen the spread beyond chance', () => {
  // (0 + 0 + 8 + 0.5) / 4 = 2.125; deviations 2 · 2.125² + 5.875² over 4
  expect(momentsOf([0, 0, 8])).toEqual({ mean: 2.125, variance: 10.8867188 });
});
