import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../random.js';
import { createPane } from '../window/pane.js';
import { learnSilence, silenceSurprise } from './silence.js';
import type { TrainingWindow } from './training-window.js';

const ROLLING = 10;

function windowsOf(
  counts: readonly number[],
  stretchAt: (index: number) => number = () => 0,
): TrainingWindow[] {
  return counts.map((records, hop) => {
    const window = { ...createPane(hop), records };
    return { source: 'api', startMs: hop * 1000, endMs: (hop + 1) * 1000, stretch: stretchAt(hop), window };
  });
}
const historyOf = (counts: readonly number[]): readonly { records: number }[] =>
  counts.map((records) => ({ records }));
const RARE = { first: 1e-3, next: 0.5 };

test('a source that just spoke surprises nobody, nor one that the fit did not know', () => {
  expect(silenceSurprise({ ...RARE, spread: 0 }, historyOf([9, 9, 9, 1]))).toBe(0);
  expect(silenceSurprise(undefined, historyOf([9, 9, 9, 0]))).toBe(0);
});

test('without a spread only the length counts: 3 bans, and .301 for each further window', () => {
  const bans = [1, 2, 3].map((silent) =>
    silenceSurprise(RARE, historyOf([900, 900, 900, ...Array<number>(silent).fill(0)])),
  );
  expect(bans.map((each) => each.toFixed(3))).toEqual(['3.000', '3.301', '3.602']);
});

test('what was said just before makes it stranger, worked by hand', () => {
  // chance alone: 6 records expected, e^-6 = 2.6058 bans; three windows of it beat 3.602
  expect(silenceSurprise({ ...RARE, spread: 0 }, historyOf([6, 7, 5, 0, 0, 0]))).toBeCloseTo(7.817, 3);
  // spread .1: ln(1 + .1 · 6) / .1 = 4.700 nats = 2.0412 bans
  expect(silenceSurprise({ ...RARE, spread: 0.1 }, historyOf([6, 7, 5, 0, 0, 0]))).toBeCloseTo(6.124, 3);
});

test('one window without records is never worth more than six bans, two of them twice that', () => {
  const before = Array<number>(5).fill(1000);
  expect(silenceSurprise({ ...RARE, spread: 0 }, historyOf([...before, 0]))).toBe(6);
  expect(silenceSurprise({ ...RARE, spread: 0 }, historyOf([...before, 0, 0]))).toBe(12);
});

test('two windows before it are too few to say what is usual', () => {
  expect(silenceSurprise({ ...RARE, spread: 0 }, historyOf([1000, 1000, 0]))).toBeCloseTo(3, 9);
});

test('the spread is that of the windows below what came before them: bursts do not widen it', () => {
  const random = createRandom('silence');
  const steady = Array.from({ length: 2000 }, () => random.poisson(40));
  const bursts = steady.map((count, index) => (index % 25 === 0 ? count * 4 : count));

  expect(learnSilence(windowsOf(steady), ROLLING).spread).toBeLessThan(0.002);
  // a burst lifts the mean of the windows behind it, by a tenth of three times the usual at most
  expect(learnSilence(windowsOf(bursts), ROLLING).spread).toBeLessThan(0.1);
});

test('a source of uneven windows has the spread that it was made of', () => {
  const random = createRandom('uneven');
  // half of the windows have 20 records, half 60, in no order: of those below 40 it is (20² - 40 of chance) / 40², less noise
  const counts = Array.from({ length: 4000 }, () => random.poisson(random.next() < 0.5 ? 20 : 60));
  expect(learnSilence(windowsOf(counts), ROLLING).spread).toBeCloseTo(0.235, 1);
});

test('thirty windows below what came before them are wanted, and none looks back over a gap', () => {
  const seesaw = Array.from({ length: 63 }, (_, index) => (index % 2 === 0 ? 9 : 11));
  expect(learnSilence(windowsOf(seesaw.slice(0, 62)), ROLLING).spread).toBeUndefined();
  expect(learnSilence(windowsOf(seesaw), ROLLING).spread).toBe(0);
  const pieces = windowsOf(seesaw, (index) => Math.floor(index / 3));
  expect(learnSilence(pieces, ROLLING).spread).toBeUndefined();
});

test('more silence is never less strange while the windows before it are seen, and never NaN', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(500), { minLength: 3, maxLength: 3 }),
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.integer({ min: 1, max: 7 }),
      (before, spread, silent) => {
        const bansOf = (length: number): number =>
          silenceSurprise({ ...RARE, spread }, historyOf([...before, 1, ...Array<number>(length).fill(0)]));
        expect(Number.isFinite(bansOf(silent))).toBe(true);
        expect(bansOf(silent + 1)).toBeGreaterThanOrEqual(bansOf(silent));
      },
    ),
  );
});
