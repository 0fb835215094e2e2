import { expect, test } from 'vitest';
import { parseDuration, parsePerDay } from './duration.js';

test.each([
  ['30s', 30_000],
  ['5m', 300_000],
  ['1.5h', 5_400_000],
  ['2d', 172_800_000],
  ['1w', 604_800_000],
  ['250ms', 250],
  ['1h30m', 5_400_000],
  [' 5m ', 300_000],
  ['0', 0],
])('%s is a duration', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '30', 's', '-5s', '5 minutes', '1h30', '1e3s', '5m foo', '١s'])('%j is none', (text) => {
  expect(() => parseDuration(text)).toThrow(/is no duration: write for example 30s, 5m, 1h30m or 2d/);
});

test.each([
  ['2/day', 2],
  ['0.5/h', 12],
  ['1/hour', 24],
  ['14/week', 2],
  ['7/w', 1],
  [' 3 / d ', 3],
])('%s is a rate', (text, perDay) => {
  expect(parsePerDay(text)).toBe(perDay);
});

test.each(['', '2', '/day', '2/month', '-1/day', '2/days'])('%j is no rate', (text) => {
  expect(() => parsePerDay(text)).toThrow(/is no rate: write for example 2\/day/);
});

test('a rate of nothing is refused', () => {
  expect(() => parsePerDay('0/day')).toThrow("'0/day' allows nothing: give a rate above 0");
});
