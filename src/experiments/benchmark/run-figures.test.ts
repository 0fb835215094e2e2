import { expect, test } from 'vitest';
import type { NovaRun, WindowTruth } from './nova-runs.js';
import { runFigures, type ScoredRun } from './run-figures.js';

const WINDOW_MS = 30_000;
const THRESHOLD = 0.5;

/** A run of windows from time 0, with their scores and truth (1, 0 or left open); the hold is played by `peaks`. */
function run(
  kind: NovaRun['kind'],
  scores: readonly number[],
  truth: readonly (0 | 1 | undefined)[] = [],
  onsetMs: number | null = null,
  peaks: readonly number[] = scores.map((_, index) => index),
): ScoredRun {
  const windows = new Map<number, WindowTruth>(
    truth.map((each, index) => {
      const isTrue = each === undefined ? undefined : each === 1;
      return [index * WINDOW_MS, { label: isTrue, labelTight: isTrue }];
    }),
  );
  return {
    run: { file: { path: kind, bytes: 0, defaultSource: kind }, kind, onsetMs, windows },
    rows: scores.map((score, index) => ({
      startMs: index * WINDOW_MS,
      endMs: (index + 1) * WINDOW_MS,
      score,
      alert: score >= THRESHOLD,
      peakEndMs: score >= THRESHOLD ? (peaks[index]! + 1) * WINDOW_MS : undefined,
    })),
  };
}

test('a run counts by its highest window, failures against controls, unseen bugs in neither', () => {
  const figures = runFigures([
    run('failure', [0.1, 0.9], [], 31_000),
    run('failure', [0.2, 0.3], [], 31_000),
    run('control', [0.4, 0.1]),
    run('unseen', [1, 1], [], 31_000),
  ]);

  expect(figures.runRoc).toBe(0.5);
});

test('windows whose truth is left open count neither way', () => {
  const figures = runFigures([run('failure', [0.1, 0.9, 0.3, 0.2], [0, undefined, 1, 0], 61_000)]);

  expect([figures.tightRoc, figures.tightPrecision, figures.looseRoc]).toEqual([1, 1, 1]);
});

test('the delay runs from the onset to the end of the first window that alerts', () => {
  const figures = runFigures([
    run('failure', [0.1, 0.9, 0.9], [], 40_000),
    run('failure', [0.1, 0.1, 0.9], [], 40_000),
    run('failure', [0.1, 0.1, 0.1], [], 40_000),
  ]);

  expect([figures.caught, figures.failures, figures.medianDelayMs]).toEqual([2, 3, 35_000]);
});

test('an alert from before the onset that is only held is no catch but a false alarm', () => {
  const figures = runFigures([run('failure', [0.9, 0.9, 0.9], [], 40_000, [0, 0, 0])]);

  expect([figures.caught, figures.failuresAlarmingBefore]).toEqual([0, 1]);
});

test('controls and unseen bugs that alarm are counted apart', () => {
  const figures = runFigures([
    run('control', [0.9]),
    run('control', [0.1]),
    run('unseen', [0.1, 0.9], [], 31_000),
    run('unseen', [0.9, 0.1], [], 31_000),
  ]);

  expect([figures.controlsAlarming, figures.controls]).toEqual([1, 2]);
  expect([figures.unseenAlarming, figures.unseen]).toEqual([1, 2]);
});
