import { expect, test } from 'vitest';
import { blockFigures, type BlockTruth, windowKey } from './block-figures.js';

/** Windows of one source at 0, 1, 2, … with the blocks they hold; capitals are anomalous. */
function truth(...windows: readonly string[]): BlockTruth {
  const blocksOfWindow = new Map(
    windows.flatMap((blocks, startMs) =>
      blocks === '' ? [] : [[windowKey('*', startMs), new Set(blocks)] as const],
    ),
  );
  const anomalousBlocks = new Set(windows.join('').match(/[A-Z]/g));
  return { blocksOfWindow, anomalousBlocks };
}

const rows = (...scores: readonly number[]) =>
  scores.map((score, startMs) => ({ source: '*', startMs, score, alert: score >= 0.5 }));

test('a window is true when it holds a line of an anomalous block, and nothing when it holds no line', () => {
  const figures = blockFigures(rows(0.9, 0.2, 1, 0.1), truth('aBc', 'a', '', 'c'));

  expect([figures.windowRoc, figures.windowPrecision]).toEqual([1, 1]);
  expect(figures.alertingShare).toBeCloseTo(1 / 3);
});

test('a block counts by the highest of its windows', () => {
  const figures = blockFigures(rows(0.9, 0.2, 0.4), truth('a', 'aB', 'c'));

  expect(figures.blockRoc).toBe(0);
  expect(figures.blockPrecision).toBeCloseTo(1 / 3);
});

test('anomalous blocks are counted inside and outside of alerting windows', () => {
  const figures = blockFigures(rows(0.9, 0.2), truth('aBc', 'cDefg'));

  expect(figures.anomalousInside).toBeCloseTo(1 / 3);
  expect(figures.anomalousOutside).toBeCloseTo(1 / 4);
});

test('without an alert there is nothing inside', () => {
  expect(blockFigures(rows(0.1), truth('aB')).anomalousInside).toBeNull();
});
