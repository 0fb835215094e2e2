import { expect, test } from 'vitest';
import { thresholdStretches, thresholdWords } from './threshold-line.js';

const windows = (...thresholds: number[]) =>
  thresholds.map((threshold, n) => ({
    startMs: n * 30_000,
    endMs: (n + 1) * 30_000,
    score: 0.5,
    records: 1,
    alert: false,
    threshold,
  }));
const at = (timeMs: number): string => `${timeMs / 1000} s`;

test('windows of one threshold are one stretch, and are said as one', () => {
  const stretches = thresholdStretches(windows(0.9, 0.9, 0.9));

  expect(stretches).toEqual([{ fromMs: 0, toMs: 90_000, threshold: 0.9 }]);
  expect(thresholdWords(stretches, at)).toBe('the threshold 0.900');
});

test('each model has its threshold over its own windows, also one that came back', () => {
  const stretches = thresholdStretches(windows(0.9, 0.9, 0.6, 0.9));

  expect(stretches).toEqual([
    { fromMs: 0, toMs: 60_000, threshold: 0.9 },
    { fromMs: 60_000, toMs: 90_000, threshold: 0.6 },
    { fromMs: 90_000, toMs: 120_000, threshold: 0.9 },
  ]);
  expect(thresholdWords(stretches, at)).toBe('the threshold 0.900, from 60 s on 0.600, from 90 s on 0.900');
});

test('where windows are missing a stretch goes on to the next one', () => {
  const [first, , third, fourth] = windows(0.9, 0.9, 0.9, 0.6) as [never, never, never, never];

  expect(thresholdStretches([first, third]).map(({ toMs }) => toMs)).toEqual([90_000]);
  expect(thresholdStretches([first, fourth]).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [0, 90_000],
    [90_000, 120_000],
  ]);
});
