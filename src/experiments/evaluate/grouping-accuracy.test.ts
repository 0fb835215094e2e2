import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreGrouping, scoreParsing } from './grouping-accuracy.js';

test('only groups that hold exactly the messages of one true group count', () => {
  // true groups: aaa bb c; predicted: 1 is exact, 2 mixes b and c
  const score = scoreGrouping(['1', '1', '1', '2', '2', '2'], ['a', 'a', 'a', 'b', 'b', 'c']);

  expect(score).toEqual({ groupingAccuracy: 0.5, groupingF1: 2 / 5, predictedGroups: 2, trueGroups: 3 });
});

test('a true group in two parts is wrong in both', () => {
  expect(scoreGrouping(['1', '2', '3'], ['a', 'a', 'b']).groupingAccuracy).toBeCloseTo(1 / 3);
});

test('names of groups do not matter, equality does', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', '__proto__', 'constructor')), (truth) => {
      const renamed = truth.map((label) => `group of ${label}`);

      const { groupingAccuracy, groupingF1 } = scoreGrouping(renamed, truth);

      expect([groupingAccuracy, groupingF1]).toEqual([1, 1]);
    }),
  );
});

test('parsing accuracy compares texts, with runs of variables as one', () => {
  expect(scoreParsing(['open <*> now', 'from <*>', 'x'], ['open <*> now ', 'from <*>:<*>', 'y'])).toBeCloseTo(
    2 / 3,
  );
});

test('lists of different length are refused', () => {
  expect(() => scoreGrouping(['a'], [])).toThrow('got 1 for 0');
});
