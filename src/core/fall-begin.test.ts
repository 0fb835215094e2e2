import { expect, test } from 'vitest';
import { fallBeganMs, usualBeforeFall } from './fall-begin.js';

const explanation = (features: Readonly<Record<string, number>>) => ({
  peakEndMs: 600_000,
  features: Object.entries(features).map(([feature, amount]) => ({
    feature,
    value: 20,
    usualLow: 0,
    usualHigh: 1,
    amount,
  })),
  fall: { records: 6, usual: 300, spanMs: 90_000 },
  templates: [],
});

test('a fall began with the first of the windows that held far too little', () => {
  expect(fallBeganMs(explanation({ fall: 12 }))).toBe(510_000);
});

test('what is about something else did not begin with the fall beside it, and without one there is none', () => {
  expect(fallBeganMs(explanation({ critical_excess: 20, fall: 5 }))).toBeUndefined();
  const { fall: _, ...without } = explanation({ silence: 12 });
  expect(fallBeganMs(without)).toBeUndefined();
  expect(fallBeganMs(undefined)).toBeUndefined();
});

test('what a window held before is the usual of its span by its windows, also where they overlap', () => {
  expect(usualBeforeFall(explanation({ fall: 12 }), { windowMs: 30_000, hopMs: 30_000 })).toBe(100);
  expect(usualBeforeFall(explanation({ fall: 12 }), { windowMs: 30_000, hopMs: 10_000 })).toBeCloseTo(
    300 / 7,
    12,
  );
  expect(usualBeforeFall(undefined, { windowMs: 30_000, hopMs: 30_000 })).toBeUndefined();
});
