import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareScores, rankCorrelation } from './score-comparison.js';

test('only windows that both scored are compared, those furthest apart first', () => {
  const window = (startMs: number, score: number) => ({ source: 'api', startMs, score });
  const champion = [window(0, 0.9), window(1, 0.2), window(2, 0.95), window(9, 1)];
  const shadow = [window(0, 0.8), window(1, 0.7), window(2, 0.1), window(8, 1)];

  expect(compareScores(champion, 0.9, shadow, 0.7)).toEqual({
    windows: 3,
    bothAlert: 1,
    onlyChampion: 1,
    onlyShadow: 1,
    rankCorrelation: -0.5,
    differences: [
      { source: 'api', startMs: 2, champion: 0.95, shadow: 0.1 },
      { source: 'api', startMs: 1, champion: 0.2, shadow: 0.7 },
      { source: 'api', startMs: 0, champion: 0.9, shadow: 0.8 },
    ],
  });
});

test('a rank correlation knows order alone', () => {
  const values = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 50 });
  fc.assert(
    fc.property(values, (x) => {
      expect(
        rankCorrelation(
          x,
          x.map((each) => Math.exp(each / 100)),
        ),
      ).toBeCloseTo(1, 12);
      expect(
        rankCorrelation(
          x,
          x.map((each) => -each),
        ),
      ).toBeCloseTo(-1, 12);
    }),
  );
});

test('ties share their rank, and what never changes has no correlation', () => {
  expect(rankCorrelation([1, 1, 2], [1, 1, 3])).toBeCloseTo(1, 12);
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(rankCorrelation([], [])).toBeNull();
});
