import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEVERITY_CLASSES } from '../../core/window/pane.js';
import type { WindowRow } from '../../core/score-window.js';
import type { Threshold } from '../../core/threshold.js';
import { loadFigure } from './load-figure.js';
import { scoreFigure } from './score-figure.js';

interface Drawn {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}
const BIN_MS = 60_000;

test('however long the log, its bars are few and hold every record', () => {
  const arbLoad = fc.uniqueArray(fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 40 }), fc.nat(6)), {
    selector: ([bin]) => bin,
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(arbLoad, (bins) => {
      const load = bins
        .sort(([a], [b]) => a - b)
        .map(([bin, records, level]) => ({
          startMs: bin * BIN_MS,
          counts: SEVERITY_CLASSES.map((_, index) => (index === level ? records : 0)),
        }));

      const data = loadFigure(load, BIN_MS, load[0]!.startMs).data as Drawn[];

      const drawn = data.flatMap(({ y }) => y).reduce((sum, count) => sum + count, 0);
      expect(drawn).toBe(bins.reduce((sum, [, records]) => sum + records, 0));
      expect(data[0]!.x.length).toBeLessThanOrEqual(240);
    }),
  );
});

test('a record is drawn where its time is, under its severity', () => {
  const bin = (minute: number, level: number): { startMs: number; counts: number[] } => ({
    startMs: minute * BIN_MS,
    counts: SEVERITY_CLASSES.map((_, index) => (index === level ? minute : 0)),
  });

  const { data } = loadFigure([bin(10, 3), bin(11, 5), bin(13, 3)], BIN_MS, 12 * BIN_MS);

  expect((data as Drawn[]).map(({ name, y }) => [name, y])).toEqual([
    ['info', [10, 0, 0, 13]],
    ['error', [0, 11, 0, 0]],
  ]);
  expect((data as Drawn[])[0]!.x[0]).toBe(10.5 * BIN_MS);
});

test('a score figure keeps the highest score of each source, with few points of few sources', () => {
  const rows = Array.from({ length: 8 }, (_, source) =>
    Array.from({ length: 3000 }, (_, n): WindowRow => ({
      source: `s${source}`,
      startMs: n * BIN_MS,
      endMs: (n + 1) * BIN_MS,
      revision: 0,
      records: 1,
      features: Float64Array.of(1),
      score: n === 1232 ? 0.5 + source / 100 : 0.1,
      threshold: 0.7,
      alert: false,
    })),
  ).flat();

  const { data, layout } = scoreFigure(rows, { value: 0.7 } as Threshold, []);

  expect((data as Drawn[]).map(({ name, y }) => [name, Math.max(...y)])).toEqual(
    [7, 6, 5, 4, 3, 2].map((source) => [`s${source}`, 0.5 + source / 100]),
  );
  expect(Math.max(...(data as Drawn[]).map(({ x }) => x.length))).toBeLessThanOrEqual(601);
  expect(JSON.stringify(layout)).toContain('the 6 strangest of 8 sources');
  expect(() => scoreFigure([], { value: 0.7 } as Threshold, [])).toThrow('fit on a smaller share');
});
