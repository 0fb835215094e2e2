import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankByScore, rocAuc } from '../evaluate/metrics.js';
import { midRanks, placeAmong } from './mid-ranks.js';

test('equal values share the mean of their ranks', () => {
  expect([...midRanks([5, 0, 5, 9, 0, 0])]).toEqual([4.5, 2, 4.5, 6, 2, 2]);
});

test('a place is the share below and half of the share that is equal', () => {
  const sorted = Float64Array.from([0, 0, 1, 3]);

  expect([-1, 0, 0.5, 1, 3, 7].map((value) => placeAmong(sorted, value))).toEqual([
    0, 0.25, 0.5, 0.625, 0.875, 1,
  ]);
});

test('the mean place of a group among others is its area under the ROC curve', () => {
  // counts of errors: mostly zero, so mostly ties
  const arbCounts = fc.array(fc.oneof(fc.constant(0), fc.nat(5)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(arbCounts, arbCounts, (strange, healthy) => {
      const sorted = Float64Array.from(healthy).sort();

      const places = strange.map((value) => placeAmong(sorted, value));

      const ranked = rankByScore(
        [...strange, ...healthy],
        [...strange.map(() => true), ...healthy.map(() => false)],
      );
      expect(places.reduce((sum, place) => sum + place, 0) / places.length).toBeCloseTo(rocAuc(ranked)!, 10);
    }),
  );
});
