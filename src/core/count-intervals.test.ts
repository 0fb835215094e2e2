import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { poissonInterval, shareInterval } from './count-intervals.js';

test.each([
  // half the quantiles of chi-squared with 2n and 2n + 2 degrees of freedom, from its tables
  [0, 0, 2.996],
  [1, 0.0513, 4.744],
  [5, 1.97, 10.513],
  [20, 13.255, 29.062],
])('%i alerts can come from a mean of %d to %d', (count, low, high) => {
  const interval = poissonInterval(count);

  expect(interval[0]).toBeCloseTo(low, 3);
  expect(interval[1]).toBeCloseTo(high, 3);
});

test.each([
  // the roots of (p - share)^2 = z^2 p (1 - p) / n, worked by hand for all and none: 1 / (1 + z^2 / n) and its rest
  [10, 10, 1 / 1.27055, 1],
  [0, 10, 0, 1 - 1 / 1.27055],
  [5, 10, 0.2692, 0.7308],
])('%i of %i is a share of %d to %d', (part, whole, low, high) => {
  const interval = shareInterval(part, whole);

  expect(interval[0]).toBeCloseTo(low, 3);
  expect(interval[1]).toBeCloseTo(high, 3);
});

test('of nothing a share can be anything', () => {
  expect(shareInterval(0, 0)).toEqual([0, 1]);
});

test('an interval holds what was counted, and more counts make it narrower', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), fc.integer({ min: 2, max: 10 }), (part, rest, more) => {
      const whole = part + rest;
      const [low, high] = poissonInterval(part);
      expect(low <= part && part <= high).toBe(true);
      const [lowMore, highMore] = poissonInterval(part * more);
      expect((highMore - lowMore) / more).toBeLessThan(high - low);
      if (whole === 0) return;
      const share = shareInterval(part, whole);
      expect(share[0] <= part / whole && part / whole <= share[1]).toBe(true);
      expect(share[0] >= 0 && share[1] <= 1).toBe(true);
      const shareMore = shareInterval(part * more, whole * more);
      expect(shareMore[1] - shareMore[0]).toBeLessThan(share[1] - share[0]);
    }),
  );
});
