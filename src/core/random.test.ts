import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, type RandomState } from './random.js';

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, () => next());
const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

test('the same seed gives the same numbers, in every build', () => {
  const random = createRandom('seed');

  expect(draw(3, () => random.below(1_000_000))).toEqual([217_851, 631_299, 204_526]);
});

test('a generator goes on from its state as JSON as if it had never stopped', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(50), (seed, steps) => {
      const whole = createRandom(seed);
      draw(steps, () => whole.next());
      const state = JSON.parse(JSON.stringify(whole.snapshot())) as RandomState;

      const resumed = createRandom(state);

      expect(draw(20, () => resumed.next())).toEqual(draw(20, () => whole.next()));
    }),
  );
});

test('seeds that differ in one character share nothing', () => {
  const [a, b] = [createRandom('run 1'), createRandom('run 2')];

  expect(
    draw(50, () => a.below(1000)).filter((value, index) => value === draw(50, () => b.below(1000))[index])
      .length,
  ).toBeLessThan(5);
});

test('numbers stay in their range', () => {
  const random = createRandom('range');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 500, noNaN: true }),
      (n, mean) => {
        const [unit, below, poisson] = [random.next(), random.below(n), random.poisson(mean)];

        expect(unit >= 0 && unit < 1).toBe(true);
        expect(Number.isInteger(below) && below >= 0 && below < n).toBe(true);
        expect(Number.isInteger(poisson) && poisson >= 0).toBe(true);
        expect(Number.isFinite(random.normal()) && random.exponential() >= 0).toBe(true);
      },
    ),
  );
});

test('distributions have the moments that they are named for', () => {
  const random = createRandom('moments');
  const normal = draw(20_000, () => random.normal());

  expect(meanOf(draw(20_000, () => random.next()))).toBeCloseTo(0.5, 1);
  expect(meanOf(normal)).toBeCloseTo(0, 1);
  expect(meanOf(normal.map((x) => x * x))).toBeCloseTo(1, 1);
  expect(meanOf(draw(20_000, () => random.exponential()))).toBeCloseTo(1, 1);
});

test.each([0, 0.3, 5, 63, 64, 400])('Poisson counts of mean %d have that mean and variance', (mean) => {
  const random = createRandom(`poisson ${mean}`);
  const counts = draw(8000, () => random.poisson(mean));
  const variance = meanOf(counts.map((count) => (count - meanOf([mean])) ** 2));

  // five standard errors
  expect(Math.abs(meanOf(counts) - mean)).toBeLessThanOrEqual(5 * Math.sqrt(mean / 8000));
  expect(Math.abs(variance - mean)).toBeLessThanOrEqual(0.12 * mean);
});
