import { describe, expect, test } from 'vitest';
import { trendWords } from './templates-trend.js';

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
    expect(trendWords(counts, false)).toBe(words);
  });

  test('take few records in a part that is not over for what they are', () => {
    expect(trendWords([10, 10, 10, 10, 10, 10, 1], true)).toMatch(/^steady: 10 to 10 /);
    expect(trendWords([10, 10, 10, 10, 10, 10, 1], false)).toMatch(/^falling: /);
  });

  test('take many records in a part that is not over for a rise already', () => {
    expect(trendWords([0, 0, 0, 0, 0, 0, 9], true)).toMatch(/^began in this range: 0 to 9 /);
    expect(trendWords([7], true)).toBe('steady: 7 to 7 in a part of the range, at most 7');
  });
});
