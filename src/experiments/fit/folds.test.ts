import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TrainingWindow } from '../../core/features/training-window.js';
import { createPane } from '../../core/window/pane.js';
import { assignFolds, FOLDS } from './folds.js';

const HOP_MS = 1000;
const windowAt = (hop: number, source = 'api'): TrainingWindow => ({
  source,
  startMs: hop * HOP_MS - HOP_MS,
  endMs: hop * HOP_MS,
  stretch: 0,
  window: createPane(hop),
});
const foldsOf = (...hops: readonly number[]) =>
  assignFolds(
    hops.map((hop) => windowAt(hop)),
    HOP_MS,
  );
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

test('one stretch is cut into equal spans of time', () => {
  expect(foldsOf(...range(0, 16))).toEqual(range(0, 16).map((n) => Math.floor(n / 2)));
});

test('eight runs or more are left out as a whole', () => {
  const runs = range(0, 8).flatMap((run) => range(100 * run, 100 * run + 1 + run));

  expect(foldsOf(...runs)).toEqual(range(0, 8).flatMap((run) => range(0, 1 + run).map(() => run)));
});

test('twenty runs share eight folds, neighbours together', () => {
  const folds = foldsOf(...range(0, 20).map((run) => 100 * run));

  expect(folds).toEqual([...folds].sort((a, b) => a - b));
  expect(new Set(folds).size).toBe(FOLDS);
});

test('all sources are left out together, in order of time, and the folds are nearly equal', () => {
  const arbHops = fc.uniqueArray(fc.nat(400), { minLength: FOLDS * 4, maxLength: 200 });
  fc.assert(
    fc.property(
      arbHops,
      fc.array(fc.constantFrom('api', 'db', 'cron'), { minLength: 200, maxLength: 200 }),
      (hops, sources) => {
        const windows = hops.map((hop, index) => windowAt(hop, sources[index]));
        const folds = assignFolds(windows, HOP_MS);

        const byTime = windows
          .map(({ endMs }, index) => ({ endMs, fold: folds[index]! }))
          .sort((a, b) => a.endMs - b.endMs);
        expect(byTime.map(({ fold }) => fold)).toEqual(byTime.map(({ fold }) => fold).sort((a, b) => a - b));
        expect(Math.min(...folds)).toBe(0);
        expect(Math.max(...folds)).toBe(FOLDS - 1);
      },
    ),
  );
});

test('windows of several sources at one time are in one fold', () => {
  const both = range(0, 40).flatMap((hop) => [windowAt(hop, 'api'), windowAt(hop, 'db')]);

  const folds = assignFolds(both, HOP_MS);

  for (let n = 0; n < folds.length; n += 2) expect(folds[n]).toBe(folds[n + 1]);
});

test('a single window is a fold of its own', () => {
  expect(foldsOf(7)).toEqual([0]);
});
