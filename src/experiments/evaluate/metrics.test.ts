import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  averagePrecision,
  type Confusion,
  f1,
  falsePositiveRate,
  precision,
  quantile,
  rankByScore,
  recall,
  rocAuc,
} from './metrics.js';

/** Scores on a coarse grid, so that ties happen, each with its truth. */
const arbItems = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), { maxLength: 80 });

type Items = readonly (readonly [score: number, isPositive: boolean])[];

function ranked(items: Items) {
  return rankByScore(
    items.map(([score]) => score),
    items.map(([, isPositive]) => isPositive),
  );
}

function rocAucByPairs(items: Items): number | null {
  const positives = items.filter(([, isPositive]) => isPositive);
  const negatives = items.filter(([, isPositive]) => !isPositive);
  let wins = 0;
  for (const [p] of positives) {
    for (const [n] of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0;
  }
  const pairs = positives.length * negatives.length;
  return pairs === 0 ? null : wins / pairs;
}

function averagePrecisionByThresholds(items: Items): number | null {
  const positives = items.filter(([, isPositive]) => isPositive).length;
  if (positives === 0) return null;
  let sum = 0;
  let lastRecall = 0;
  for (const threshold of [...new Set(items.map(([score]) => score))].sort((a, b) => b - a)) {
    const called = items.filter(([score]) => score >= threshold);
    const hits = called.filter(([, isPositive]) => isPositive).length;
    sum += (hits / positives - lastRecall) * (hits / called.length);
    lastRecall = hits / positives;
  }
  return sum;
}

describe('areas', () => {
  test('four items worked by hand', () => {
    // .8+ .4- .35+ .1-: the positive .8 beats both, .35 beats one: 3 of 4 pairs
    const items = ranked([
      [0.1, false],
      [0.4, false],
      [0.35, true],
      [0.8, true],
    ]);

    expect(rocAuc(items)).toBe(0.75);
    // recall 1/2 at precision 1, then 1/2 at precision 2/3
    expect(averagePrecision(items)).toBeCloseTo(0.5 + 0.5 * (2 / 3), 12);
  });

  test('a score that is always the same has ROC-AUC one half and average precision the base rate', () => {
    const items = ranked([
      [0.3, true],
      [0.3, false],
      [0.3, false],
      [0.3, false],
    ]);

    expect(rocAuc(items)).toBe(0.5);
    expect(averagePrecision(items)).toBe(0.25);
  });

  test('a missing class is null, not NaN', () => {
    expect(rocAuc(ranked([]))).toBeNull();
    expect(averagePrecision(ranked([]))).toBeNull();
    expect(rocAuc(ranked([[0.5, true]]))).toBeNull();
    expect(averagePrecision(ranked([[0.5, true]]))).toBe(1);
    expect(rocAuc(ranked([[0.5, false]]))).toBeNull();
    expect(averagePrecision(ranked([[0.5, false]]))).toBeNull();
  });

  test('ROC-AUC is the share of pairs that are in the right order, ties counting half', () => {
    fc.assert(
      fc.property(arbItems, (items) => {
        const expected = rocAucByPairs(items);
        const actual = rocAuc(ranked(items));

        expect(actual ?? -1).toBeCloseTo(expected ?? -1, 12);
      }),
    );
  });

  test('average precision takes each distinct score as one step', () => {
    fc.assert(
      fc.property(arbItems, (items) => {
        const expected = averagePrecisionByThresholds(items);
        const actual = averagePrecision(ranked(items));

        expect(actual ?? -1).toBeCloseTo(expected ?? -1, 12);
      }),
    );
  });

  test('a strictly rising transform of the scores changes no area', () => {
    fc.assert(
      fc.property(arbItems, (items) => {
        const transformed = items.map(
          ([score, isPositive]) => [score ** 3 + 0.01 * score, isPositive] as const,
        );

        expect(rocAuc(ranked(transformed))).toBe(rocAuc(ranked(items)));
        expect(averagePrecision(ranked(transformed))).toBe(averagePrecision(ranked(items)));
      }),
    );
  });

  test('the order of the items changes no area', () => {
    fc.assert(
      fc.property(arbItems, (items) => {
        const reversed = items.toReversed();

        expect(rocAuc(ranked(reversed))).toBe(rocAuc(ranked(items)));
        expect(averagePrecision(ranked(reversed))).toBe(averagePrecision(ranked(items)));
      }),
    );
  });

  test('turning the scores round turns ROC-AUC into its complement', () => {
    fc.assert(
      fc.property(arbItems, (items) => {
        const area = rocAuc(ranked(items));
        const turned = rocAuc(ranked(items.map(([score, isPositive]) => [-score, isPositive])));

        expect(turned ?? -1).toBeCloseTo(area === null ? -1 : 1 - area, 12);
      }),
    );
  });

  test('a weight is the same as that many copies', () => {
    const arbWeighted = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean(), fc.nat(3)), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(arbWeighted, (items) => {
        const copies = items.flatMap(([score, isPositive, weight]) =>
          Array.from({ length: weight }, () => [score, isPositive] as const),
        );
        const weights = items.map(([, , weight]) => weight);
        const weighted = ranked(items.map(([score, isPositive]) => [score, isPositive]));

        expect(rocAuc(weighted, weights)).toBe(rocAuc(ranked(copies)));
        expect(averagePrecision(weighted, weights) ?? -1).toBeCloseTo(
          averagePrecision(ranked(copies)) ?? -1,
          12,
        );
      }),
    );
  });

  test('a score that is not a number is refused', () => {
    expect(() => rankByScore([0.1, Number.NaN], [true, false])).toThrow('score 1 must be finite, got NaN');
    expect(() => rankByScore([0.1], [true, false])).toThrow('wanted a truth for every score, got 1 and 2');
  });
});

describe('at one threshold', () => {
  const confusion = (tp: number, fp: number, fn: number, tn: number): Confusion => ({
    truePositives: tp,
    falsePositives: fp,
    falseNegatives: fn,
    trueNegatives: tn,
  });

  test('precision, recall, F1 and false positive rate worked by hand', () => {
    const counts = confusion(6, 2, 4, 88);

    expect(precision(counts)).toBe(0.75);
    expect(recall(counts)).toBe(0.6);
    expect(f1(counts)).toBeCloseTo((2 * 0.75 * 0.6) / 1.35, 12);
    expect(falsePositiveRate(counts)).toBeCloseTo(2 / 90, 12);
  });

  test('nothing to divide by is null, but finding nothing of something is an F1 of 0', () => {
    expect(precision(confusion(0, 0, 3, 7))).toBeNull();
    expect(recall(confusion(0, 3, 0, 7))).toBeNull();
    expect(falsePositiveRate(confusion(1, 0, 1, 0))).toBeNull();
    expect(f1(confusion(0, 0, 3, 7))).toBe(0);
    expect(f1(confusion(0, 0, 0, 7))).toBeNull();
  });
});

test('a quantile is linear between neighbours', () => {
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([1, 2, 3, 10], 0.5)).toBe(2.5);
  expect(quantile([0, 10, 20, 30, 40], 0.95)).toBeCloseTo(38, 12);
});
