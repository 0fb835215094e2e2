import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { squash } from './detector/detector.js';
import { oddsOf, scoreAtOdds } from './score-odds.js';

test('the odds of a score are its strangeness in units of what scores one half', () => {
  expect(oddsOf(squash(12, 4))).toBe(3);
  expect(oddsOf(0)).toBe(0);
  expect(oddsOf(1)).toBe(Infinity);
});

test('law: a share of the odds is a share of the strangeness', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      (strangeness, share) => {
        expect(scoreAtOdds(squash(strangeness, 4), share)).toBeCloseTo(squash(strangeness * share, 4), 9);
      },
    ),
  );
});

test('the highest score has no odds to take a share of', () => {
  expect(scoreAtOdds(1, 0.5)).toBe(1);
});
