import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { bootstrapIntervals } from './bootstrap.js';

test('every draw has as many instants as there are, in runs of the block length', () => {
  const arbPlan = fc.integer({ min: 1, max: 8 }).chain((blockLength) =>
    fc.record({
      blockLength: fc.constant(blockLength),
      instants: fc.integer({ min: 10 * blockLength, max: 20 * blockLength }),
      resamples: fc.constant(5),
    }),
  );
  fc.assert(
    fc.property(arbPlan, fc.string(), (plan, seed) => {
      const seen: number[][] = [];

      bootstrapIntervals(plan, createRandom(seed), (weights) => (seen.push([...weights]), { any: 0 }), [
        'any',
      ]);

      expect(seen).toHaveLength(5);
      for (const weights of seen) {
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(plan.instants);
        // only the last block may be cut: a rise begins a block, so there are no more rises than blocks
        const rises = weights.reduce(
          (sum, weight, i) => sum + Math.max(0, weight - (weights[i - 1] ?? 0)),
          0,
        );
        expect(rises).toBeLessThanOrEqual(Math.ceil(plan.instants / plan.blockLength));
      }
    }),
  );
});

test('the interval of a mean of independent values is as wide as theory says', () => {
  // 400 fair coins: standard error .025, so the middle 95 % are .098 wide
  const random = createRandom('coins');
  const coins = Array.from({ length: 400 }, () => random.below(2));
  const mean = (weights: Uint32Array) => coins.reduce((sum, coin, i) => sum + coin * weights[i]!, 0) / 400;

  const { mean: interval } = bootstrapIntervals(
    { instants: 400, blockLength: 1, resamples: 1000 },
    createRandom('draws'),
    (weights) => ({ mean: mean(weights) }),
    ['mean'],
  );

  expect(interval!.high - interval!.low).toBeGreaterThan(0.085);
  expect(interval!.high - interval!.low).toBeLessThan(0.111);
  const truth = coins.reduce((sum, coin) => sum + coin, 0) / 400;
  expect(interval!.low).toBeLessThan(truth);
  expect(interval!.high).toBeGreaterThan(truth);
});

test('blocks widen the interval of values that come in runs', () => {
  // runs of 20 equal values: what looks like 400 values is 20
  const random = createRandom('runs');
  const runs = Array.from({ length: 20 }, () => random.next());
  const widthWith = (blockLength: number): number => {
    const { mean } = bootstrapIntervals(
      { instants: 400, blockLength, resamples: 400 },
      createRandom('draws'),
      (weights) => ({
        mean: weights.reduce((sum, weight, i) => sum + weight * runs[Math.floor(i / 20)]!, 0) / 400,
      }),
      ['mean'],
    );
    return mean!.high - mean!.low;
  };

  expect(widthWith(20)).toBeGreaterThan(2 * widthWith(1));
});

test('too few blocks, no resamples or a measure that is mostly undefined give no interval', () => {
  const plan = { instants: 100, blockLength: 10, resamples: 20 };
  const intervalOf = (of: typeof plan, value: number | null) =>
    bootstrapIntervals(of, createRandom('x'), () => ({ any: value }), ['any']).any;

  expect(intervalOf(plan, 0.5)).toEqual({ low: 0.5, high: 0.5 });
  expect(intervalOf({ ...plan, instants: 99 }, 0.5)).toBeNull();
  expect(intervalOf({ ...plan, resamples: 0 }, 0.5)).toBeNull();
  expect(intervalOf(plan, null)).toBeNull();
});

test('any instant can be drawn, the first and the last too', () => {
  const drawn = new Float64Array(20);
  const count = (weights: Uint32Array) => {
    weights.forEach((weight, i) => (drawn[i]! += weight));
    return { any: 0 };
  };

  bootstrapIntervals({ instants: 20, blockLength: 2, resamples: 200 }, createRandom('x'), count, ['any']);

  // 10 blocks of 19 possible ones in each round: the ends are in one possible block, all others in two
  expect(Math.min(...drawn)).toBeGreaterThan(60);
});
