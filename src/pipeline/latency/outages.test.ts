import { expect, test } from 'vitest';
import { describeOutages, outagesIn } from './outages.js';

const AT = Date.UTC(2026, 2, 3, 14);
const MINUTE_MS = 60_000;
const ALL = { fromMs: 0, toMs: 8.64e15 };
/** A beat each minute of these, counted from 14:00. */
const beats = (...minutes: readonly number[]) => minutes.map((minute) => ({ atMs: AT + minute * MINUTE_MS }));

test('a time that nobody told of is an outage, and a minute that was thinned out is none', () => {
  const outages = outagesIn(beats(0, 1, 2, 40, 41, 43, 44), ALL);

  expect(outages).toEqual([{ fromMs: AT + 2 * MINUTE_MS, toMs: AT + 40 * MINUTE_MS }]);
  expect(describeOutages(outages)).toEqual([
    'nothing ran from 2026-03-03 14:02Z to 2026-03-03 14:40Z (38 min): windows of that time were scored later and are history',
  ]);
});

test('while one of several consumers ran, something ran', () => {
  expect(outagesIn([...beats(0, 1, 60), ...beats(0.5, 2, 4, 6, 8, 10), ...beats(9, 11, 13)], ALL)).toEqual([
    { fromMs: AT + 13 * MINUTE_MS, toMs: AT + 60 * MINUTE_MS },
  ]);
});

test('an outage that reaches into the range is told, one outside of it is not', () => {
  const range = { fromMs: AT + 30 * MINUTE_MS, toMs: AT + 60 * MINUTE_MS };

  const outages = outagesIn(beats(0, 20, 21, 22, 35, 36, 55, 80, 100), range);

  expect(outages.map(({ fromMs }) => (fromMs - AT) / MINUTE_MS)).toEqual([22, 36, 55]);
});

test('of many the longest are told and the others counted', () => {
  const lines = describeOutages(outagesIn(beats(...Array.from({ length: 13 }, (_, n) => n * n * 4)), ALL));

  expect(lines).toHaveLength(11);
  expect(lines.at(-1)).toBe('and 2 shorter times, 16 min together');
});
