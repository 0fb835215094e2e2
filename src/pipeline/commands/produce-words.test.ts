import { expect, test } from 'vitest';
import { parseAnomalies, parseInput, parseRate } from './produce-words.js';

test('a rate is a number with its unit, and without one a second', () => {
  expect(['10000/s', '600/m', '1.5/s', '36/h', ' 5 / s ', '7'].map(parseRate)).toEqual([
    10_000, 10, 1.5, 0.01, 5, 7,
  ]);
});

test.each(['', 'fast', '0/s', '-1', '2000000/s', '5/day'])("'%s' is no rate", (text) => {
  expect(() => parseRate(text)).toThrow('write for example 10000/s or 600/m');
});

test('topics are filled and not copied', () => {
  expect(parseInput('file:app.log')).toEqual({ kind: 'file', path: 'app.log' });
  expect(() => parseInput('kafka://127.0.0.1:9092/logs')).toThrow('does not copy them');
});

test('anomalies an hour are a number from 0 to 120', () => {
  expect(['0', '6', '0.5', '120'].map(parseAnomalies)).toEqual([0, 6, 0.5, 120]);
  for (const text of ['', 'x', '121', '-1']) expect(() => parseAnomalies(text)).toThrow('from 0 to 120');
});
