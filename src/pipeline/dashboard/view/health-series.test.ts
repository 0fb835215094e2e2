import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromFirstHeard, liveTop, seriesWords, summarizeSeries } from './health-series.js';

const TIMES_MS = [0, 60_000, 120_000, 180_000];
const perSecond = (value: number): string => `${value}/s`;
const atMinute = (timeMs: number): string => `minute ${timeMs / 60_000}`;

function wordsOf(...values: (number | null)[]): string {
  return seriesWords(summarizeSeries(TIMES_MS, values), perSecond, atMinute);
}

describe('the words of a series', () => {
  test('say where it stands and where it was highest', () => {
    expect(wordsOf(5, 40, 12, 12)).toBe('now 12/s, highest 40/s at minute 1');
  });

  test('say what is not known, instead of taking it for zero', () => {
    expect(wordsOf(5, null, null, 5)).toBe('now 5/s; nothing heard for 50 % of the range');
    expect(wordsOf(null, null, null, null)).toBe('nothing heard in this range');
  });

  test('a series that is known at all has a highest value that is one of its own', () => {
    const arbValues = fc.array(fc.option(fc.nat()), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(arbValues, (values) => {
        const summary = summarizeSeries(TIMES_MS, values);
        const known = values.filter((value) => value !== null);

        expect(summary.highest).toBe(known.length === 0 ? null : Math.max(...known));
        const highestAt = TIMES_MS.indexOf(summary.highestAtMs ?? -1);
        expect(values[highestAt] ?? null).toBe(summary.highest);
        expect(summary.unknownParts).toBe(values.length - known.length);
      }),
    );
  });
});

test('a chart begins where anything was first heard, and later gaps stay', () => {
  const series = [{ values: [null, null, 3, null, 4] }, { values: [null, 1, null, null, 2] }];

  expect(fromFirstHeard([0, 10, 20, 30, 40], series)).toEqual({
    timesMs: [10, 20, 30, 40],
    series: [{ values: [null, 3, null, 4] }, { values: [1, null, null, 2] }],
  });
  expect(fromFirstHeard([0, 10], [{ values: [null, null] }]).timesMs).toEqual([0, 10]);
});

test('catching up with history does not set the scale of what is read live', () => {
  expect(liveTop([null, 40_000, 12, 10, 11, 0])).toBe(33);
  expect(liveTop([90, 12, 10, 11])).toBeUndefined();
  expect(liveTop([null, 0])).toBeUndefined();
});
