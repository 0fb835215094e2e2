import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbScored } from '../evaluate/evaluate.testkit.js';
import { rankByScore } from '../evaluate/metrics.js';
import { rocCurve } from '../evaluate/curves.js';
import { visiblePoints, windowCurves } from './window-curves.js';

test('a thinned curve keeps its ends, and nothing that it drops lies a visible step away', () => {
  const arbCurve = fc
    .array(fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), isPositive: fc.boolean() }), {
      minLength: 300,
      maxLength: 600,
    })
    .map((items) =>
      rocCurve(
        rankByScore(
          items.map(({ score }) => score),
          items.map(({ isPositive }) => isPositive),
        ),
        1000,
      ),
    );
  fc.assert(
    fc.property(arbCurve, (points) => {
      const kept = visiblePoints(points, (point) => [point.falsePositiveRate, point.truePositiveRate]);

      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      expect(kept.length).toBeLessThanOrEqual(202);
      const isKept = new Set(kept);
      let [last, farthest] = [points[0], 0];
      for (const point of points) {
        if (isKept.has(point)) last = point;
        farthest = Math.max(
          farthest,
          Math.abs(point.falsePositiveRate - last!.falsePositiveRate),
          Math.abs(point.truePositiveRate - last!.truePositiveRate),
        );
      }
      expect(farthest).toBeLessThan(0.01);
    }),
  );
});

test('both curves are drawn exactly when there is something to find', () => {
  fc.assert(
    fc.property(arbScored, ({ rows, labels }) => {
      const { roc, precisionRecall } = windowCurves(rows, labels);

      const ends = [roc.at(-1)?.truePositiveRate ?? 1, precisionRecall.at(-1)?.recall ?? 1];
      expect(ends).toEqual([1, 1]);
      expect(precisionRecall.length > 0).toBe(labels.labels.length > 0);
    }),
  );
});
