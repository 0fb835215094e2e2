import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../random.js';
import { learnNull, surpriseOf } from './null-distribution.js';

/** Statistics as healthy windows have them: mostly zero, ties, a few that are large. */
const arbValues = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 3, arbitrary: fc.nat(5) },
      { weight: 3, arbitrary: fc.double({ min: 0, max: 30, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(1e-12, 1e12) },
    ),
    { minLength: 1, maxLength: 500, size: 'max' },
  )
  .map((values) => Float64Array.from(values));
const arbGrain = fc.constantFrom(0.1, 1);

test('surprise never falls while the value rises, starts at 0 and is finite', () => {
  const arbValue = fc.oneof(fc.double({ min: 0, max: 40, noNaN: true }), fc.nat(6), fc.constant(1e13));
  fc.assert(
    fc.property(arbValues, arbGrain, arbValue, arbValue, (values, grain, a, b) => {
      const learned = learnNull(values, grain);

      const low = surpriseOf(learned, Math.min(a, b));
      const high = surpriseOf(learned, Math.max(a, b));

      expect(high).toBeGreaterThanOrEqual(low);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(high)).toBe(true);
      expect(surpriseOf(learned, Math.min(...values))).toBe(0);
    }),
  );
});

test('a value seen in the fit is as surprising as the share of windows that reach it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 50, max: 500 }), fc.string(), (n, seed) => {
      const random = createRandom(seed);
      const values = Float64Array.from({ length: n }, () => random.exponential());

      const learned = learnNull(values, 1);

      // ten knots a decade: between them the line is off by no more than one step, and the first step is log10(3 / 2)
      values.toSorted().forEach((value, below) => {
        const exact = -Math.log10((n - below + 1) / (n + 1));
        expect(Math.abs(surpriseOf(learned, value) - exact)).toBeLessThan(0.18);
      });
    }),
    { numRuns: 30 },
  );
});

test('the greatest of 999 windows is worth 2.7 bans', () => {
  const values = Float64Array.from({ length: 999 }, (_, n) => n);

  expect(surpriseOf(learnNull(values, 1), 998)).toBeCloseTo(-Math.log10(2 / 1000), 6);
});

test('ties count all of them', () => {
  const values = Float64Array.from({ length: 99 }, (_, n) => (n < 9 ? 5 : 0));

  expect(surpriseOf(learnNull(values, 1), 5)).toBeCloseTo(1, 9);
});

test('after a fit on nothing but zeros, one grain is one ban', () => {
  const learned = learnNull(new Float64Array(200), 0.1);

  expect(surpriseOf(learned, 0)).toBe(0);
  expect(surpriseOf(learned, 0.1)).toBeCloseTo(1, 9);
  expect(surpriseOf(learned, 0.4)).toBeCloseTo(4, 9);
});

test('beyond what was seen the tail goes on as the exponential that it came from', () => {
  const random = createRandom('exponential');
  const learned = learnNull(
    Float64Array.from({ length: 20_000 }, () => 3 * random.exponential()),
    0.01,
  );

  // P(X > x) = exp(-x / 3): at 40 that is 5.8 bans, half of them beyond the sample
  const exact = 40 / 3 / Math.LN10;
  expect(Math.abs(surpriseOf(learned, 40) - exact)).toBeLessThan(0.8);
});

test('a table is small however long the fit was, and plain JSON', () => {
  const random = createRandom('long');
  const learned = learnNull(
    Float64Array.from({ length: 50_000 }, () => random.normal() ** 2),
    1,
  );

  expect(learned.knots.length).toBeLessThan(60);
  expect(JSON.parse(JSON.stringify(learned))).toEqual(learned);
});
