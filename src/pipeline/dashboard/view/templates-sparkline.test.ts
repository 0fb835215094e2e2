import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sparklinePath, trendWords } from './templates-sparkline.js';

const arbCounts = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 24, maxLength: 24 });

describe('a sparkline', () => {
  test('has one bar for each count above none, and stays inside its drawing', () => {
    fc.assert(
      fc.property(arbCounts, (counts) => {
        const path = sparklinePath(counts, 96, 20);

        expect(path.match(/M/g)?.length ?? 0).toBe(counts.filter((count) => count > 0).length);
        const heights = [...path.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y));
        const rights = [...path.matchAll(/H([\d.]+)/g)].map(([, x]) => Number(x));
        expect(heights.every((y) => y >= 0 && y <= 20)).toBe(true);
        expect(rights.every((x) => x > 0 && x <= 96)).toBe(true);
      }),
    );
  });

  test('shows one record among a million by at least a pixel', () => {
    expect(sparklinePath([1_000_000, 1], 4, 20)).toBe('M0 20V0H2V20ZM2 20V19H4V20Z');
  });
});

describe('the words of a trend', () => {
  test.each([
    [[0, 0, 0, 0, 0, 0], 'not seen in this range'],
    [[0, 0, 0, 5, 9, 9], 'began in this range: 0 to 9 in a part of the range, at most 9'],
    [[9, 9, 9, 0, 0, 0], 'stopped in this range: 9 to 0 in a part of the range, at most 9'],
    [[0, 0, 3, 0, 0, 0], 'only in the middle: 0 to 0 in a part of the range, at most 3'],
    [[10, 10, 20, 30, 40, 40], 'rising: 10 to 40 in a part of the range, at most 40'],
    [[40, 40, 30, 20, 10, 10], 'falling: 40 to 10 in a part of the range, at most 40'],
    [[10, 11, 10, 11, 10, 11], 'steady: 10.5 to 10.5 in a part of the range, at most 11'],
    [[10, 10, 1_500, 10, 10, 10], 'steady, with a peak: 10 to 10 in a part of the range, at most 1,500'],
  ])('of %j are "%s"', (counts, words) => {
    expect(trendWords(counts)).toBe(words);
  });
});
