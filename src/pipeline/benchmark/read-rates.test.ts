import { expect, test } from 'vitest';
import { readRatesTable } from './read-rates.js';

test('the ratio is the median of the rounds’ own ratios: what slows one round slows both of its loops', () => {
  const bare = { name: 'bare eachBatch', perSecond: [100, 10, 200], perCpuSecond: [100, 100, 100] };
  const consume = { name: 'consume', perSecond: [50, 6, 80], perCpuSecond: [30, 20, 25] };

  const { rows } = readRatesTable([bare, consume], 'three rounds');

  expect(rows).toEqual([
    ['bare eachBatch', 100, 10, 200, 1, 1],
    ['consume', 50, 6, 80, 0.5, 0.25],
  ]);
});
