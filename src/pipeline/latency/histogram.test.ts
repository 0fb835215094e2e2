import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHistogram } from './histogram.js';

/** Microseconds as delays have them: mostly small, with a heavy tail. */
const arbDelay = fc.double({ min: 0, max: 40, noNaN: true }).map((bits) => Math.floor(2 ** bits));

test('a quantile is within 1 % of the exact one', () => {
  const arbShare = fc.constantFrom(0.01, 0.5, 0.9, 0.95, 0.99, 1);
  fc.assert(
    fc.property(fc.array(arbDelay, { minLength: 1, maxLength: 300 }), arbShare, (values, share) => {
      const histogram = createHistogram();
      for (const value of values) histogram.record(value);
      const sorted = [...values].sort((a, b) => a - b);
      const exact = sorted[Math.max(1, Math.ceil(share * values.length)) - 1]!;

      const found = histogram.quantile(share);

      expect(Math.abs(found - exact)).toBeLessThanOrEqual(0.01 * exact);
      expect(found).toBeLessThanOrEqual(histogram.max());
    }),
  );
});

test('the values up to a limit are counted within 1 % of it, and their sum is exact', () => {
  fc.assert(
    fc.property(fc.array(arbDelay, { maxLength: 300 }), arbDelay, (values, limit) => {
      const histogram = createHistogram();
      for (const value of values) histogram.record(value);
      const atMost = (bound: number): number => values.filter((value) => value <= bound).length;

      const found = histogram.countUpTo(limit);

      expect(found).toBeGreaterThanOrEqual(atMost(limit));
      expect(found).toBeLessThanOrEqual(atMost(limit * 1.01));
      expect(histogram.sum()).toBe(values.reduce((sum, value) => sum + value, 0));
    }),
  );
});

test('several at once count as often', () => {
  const histogram = createHistogram();
  histogram.record(10, 99);
  histogram.record(1_000_000);

  expect(histogram.count()).toBe(100);
  expect(histogram.quantile(0.99)).toBe(10);
  expect(histogram.max()).toBe(1_000_000);
});

test('what cannot be, or is beyond all buckets, breaks nothing', () => {
  const histogram = createHistogram();
  histogram.record(-5);
  histogram.record(Number.NaN);
  histogram.record(2 ** 60);

  expect(histogram.count()).toBe(2);
  expect(histogram.quantile(0.5)).toBe(0);
  expect(histogram.quantile(1)).toBeGreaterThan(2 ** 43);
  expect(createHistogram().quantile(0.5)).toBe(0);
});
