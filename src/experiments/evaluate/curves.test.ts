import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { precisionRecallCurve, rocCurve } from './curves.js';
import { averagePrecision, rankByScore, rocAuc } from './metrics.js';

const arbRanked = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()), { maxLength: 100 })
  .map((items) =>
    rankByScore(
      items.map(([score]) => score / 30),
      items.map(([, isPositive]) => isPositive),
    ),
  );

test('the curves of four items worked by hand', () => {
  const ranked = rankByScore([0.1, 0.4, 0.4, 0.8], [false, false, true, true]);

  expect(rocCurve(ranked, 100)).toEqual([
    { threshold: null, falsePositiveRate: 0, truePositiveRate: 0 },
    { threshold: 0.8, falsePositiveRate: 0, truePositiveRate: 0.5 },
    { threshold: 0.4, falsePositiveRate: 0.5, truePositiveRate: 1 },
    { threshold: 0.1, falsePositiveRate: 1, truePositiveRate: 1 },
  ]);
  expect(precisionRecallCurve(ranked, 100)).toEqual([
    { threshold: 0.8, recall: 0.5, precision: 1 },
    { threshold: 0.4, recall: 1, precision: 2 / 3 },
    { threshold: 0.1, recall: 1, precision: 0.5 },
  ]);
});

test('the area under the ROC points is the ROC-AUC, the steps of the other sum to average precision', () => {
  fc.assert(
    fc.property(arbRanked, (ranked) => {
      const roc = rocCurve(ranked, 1000);
      const area = roc.slice(1).reduce((sum, point, i) => {
        const before = roc[i]!;
        const width = point.falsePositiveRate - before.falsePositiveRate;
        return sum + (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
      }, 0);
      const pr = precisionRecallCurve(ranked, 1000);
      const sum = pr.reduce(
        (total, point, i) => total + (point.recall - (pr[i - 1]?.recall ?? 0)) * point.precision,
        0,
      );

      expect(area).toBeCloseTo(rocAuc(ranked) ?? 0, 12);
      expect(sum).toBeCloseTo(averagePrecision(ranked) ?? 0, 12);
    }),
  );
});

test('thinning keeps both ends, no more points than asked for, and only points of the curve', () => {
  fc.assert(
    fc.property(arbRanked, fc.integer({ min: 2, max: 20 }), (ranked, maxPoints) => {
      const whole = rocCurve(ranked, 1000);
      const thinned = rocCurve(ranked, maxPoints);

      expect(thinned.length).toBe(Math.min(whole.length, maxPoints));
      expect(thinned[0]).toEqual(whole[0]);
      expect(thinned.at(-1)).toEqual(whole.at(-1));
      for (const point of thinned) expect(whole).toContainEqual(point);
    }),
  );
});

test('a curve of less than two points is refused', () => {
  const ranked = rankByScore([0.1, 0.4], [false, true]);

  expect(() => rocCurve(ranked, 1)).toThrow('maxPoints must be a whole number of at least 2, got 1');
});
