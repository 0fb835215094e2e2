import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPane } from '../window/pane.js';
import { fallOf, learnUsualRecords } from './fall.js';

const historyOf = (counts: readonly number[]): readonly { records: number }[] =>
  counts.map((records) => ({ records }));
const BUSY = { usualRecords: 100, spread: 0.05 };
const BEFORE = [96, 104, 99, 101, 100];

test('nineteen of twenty records stay away: two windows of it are worth twelve bans, three eighteen', () => {
  expect(fallOf(BUSY, historyOf([...BEFORE, 5, 5]))).toEqual({
    bans: 12,
    windows: 2,
    records: 10,
    usual: 200,
  });
  expect(fallOf(BUSY, historyOf([...BEFORE, 5, 5, 5]))?.bans).toBe(18);
});

test('under the cap it is the tail of the negative binomial, worked by hand', () => {
  // variance 30 + 1 · 30 · 30: size 1; 3 ln .1 - 4 ln(4 / 31) = 1.2826 nats = .5570 bans in each of two windows
  const fall = fallOf({ usualRecords: 30, spread: 1 }, historyOf([30, 30, 30, 30, 30, 3, 3]));

  expect(fall?.bans).toBeCloseTo(1.114, 3);
});

test('one low window is no fall, nor is a third of what is usual', () => {
  expect(fallOf(BUSY, historyOf([...BEFORE, ...BEFORE.slice(1), 20]))).toBeUndefined();
  expect(fallOf(BUSY, historyOf([...BEFORE, 33, 33, 33]))).toBeUndefined();
});

test('the end of a burst is none: what is as usual in the fit has not fallen', () => {
  expect(fallOf(BUSY, historyOf([900, 950, 920, 910, 930, 90, 95, 100]))).toBeUndefined();
  expect(fallOf(BUSY, historyOf([900, 950, 920, 910, 930, 60, 20]))).toBeUndefined();
});

test('the night is none: what came just before was no more', () => {
  expect(fallOf(BUSY, historyOf([22, 21, 19, 23, 20, 18, 22, 19, 21, 20]))).toBeUndefined();
});

test('a fall at night is one, where there still is enough to fall', () => {
  expect(fallOf(BUSY, historyOf([32, 30, 28, 31, 30, 1, 2, 1]))?.windows).toBe(3);
  expect(fallOf(BUSY, historyOf([16, 15, 14, 15, 15, 0, 1, 0]))).toBeUndefined();
});

test('it began with its first low window, though a healthy one before it makes it more surprising', () => {
  const history = historyOf([...BEFORE, 100, 0, 0, 0, 0]);

  // twenty of a hundred in each of five windows: below the cap, but more in all than four windows at the cap
  expect(fallOf({ ...BUSY, spread: 0.01 }, history)).toMatchObject({ windows: 4, records: 0, usual: 400 });
  expect(fallOf({ ...BUSY, spread: 0.01 }, history)!.bans).toBeGreaterThan(24);
});

test('a window that is less low among the fallen ones does not hide them', () => {
  expect(fallOf(BUSY, historyOf([...BEFORE, 4, 30, 3]))).toMatchObject({ windows: 3, records: 37 });
});

test('four windows before are too few, a source that the fit hardly heard falls never', () => {
  expect(fallOf(BUSY, historyOf([100, 100, 100, 100, 5, 5]))).toBeUndefined();
  expect(fallOf({ usualRecords: 19, spread: 0.05 }, historyOf([...BEFORE, 0, 0]))).toBeUndefined();
  expect(fallOf({ usualRecords: 100, spread: undefined }, historyOf([...BEFORE, 0, 0]))).toBeUndefined();
  expect(fallOf({ usualRecords: undefined, spread: 0.05 }, historyOf([...BEFORE, 0, 0]))).toBeUndefined();
});

test('the usual is the median, silent windows counted', () => {
  const windowsOf = (counts: readonly number[]) =>
    counts.map((records, hop) => ({
      source: 'api',
      startMs: hop,
      endMs: hop + 1,
      stretch: 0,
      window: { ...createPane(hop), records },
    }));

  expect(learnUsualRecords(windowsOf([0, 90, 0, 4000, 80]))).toBe(80);
  expect(learnUsualRecords(windowsOf([0, 90, 0, 0, 80]))).toBe(0);
});

test('fewer records in the newest window are never less strange, and all is finite', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 40, max: 400 }), { minLength: 5, maxLength: 5 }),
      fc.array(fc.nat(60), { minLength: 2, maxLength: 5 }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (before, last, spread) => {
        const basis = { usualRecords: 120, spread };
        const fewer = [...last.slice(0, -1), Math.floor(last.at(-1)! / 2)];

        const bans = fallOf(basis, historyOf([...before, ...last]))?.bans ?? 0;
        const more = fallOf(basis, historyOf([...before, ...fewer]))?.bans ?? 0;

        expect(Number.isFinite(more)).toBe(true);
        expect(more).toBeGreaterThanOrEqual(bans);
      },
    ),
  );
});
