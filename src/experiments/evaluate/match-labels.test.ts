import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbScored, label, labelsOf, minuteMs, row, rowsOf, windowMs } from './evaluate.testkit.js';
import { judge } from './match-labels.js';

const graceMs = 5 * minuteMs;
const hourMs = 60 * minuteMs;

function positives(rows: Parameters<typeof judge>[0], labels: Parameters<typeof judge>[1]): string[] {
  return judge(rows, labels, graceMs)
    .windows.filter(({ positiveFor }) => positiveFor.length > 0)
    .map(({ row: { source, startMs } }) => `${source}@${startMs / 1000}`);
}

describe('positive windows', () => {
  test('are those of its services that a label overlaps at all', () => {
    // 0     30     60     90     120 s
    // [------)[--LLL)[LLLLLL)[------)      L from 40 to 90 s
    const rows = [...rowsOf('api', [0, 0, 0, 0]), ...rowsOf('billing', [0, 0, 0, 0])];

    expect(positives(rows, labelsOf([label('a', 40_000, 90_000)], hourMs))).toEqual(['api@30', 'api@60']);
  });

  test('of rows over all services belong to every label', () => {
    const labels = labelsOf([label('a', 0, 1, { services: ['billing'] })], hourMs);

    expect(positives(rowsOf('*', [0, 0]), labels)).toEqual(['*@0']);
  });

  test('are still found by labels that begin in any order and lie inside each other', () => {
    const labels = labelsOf([label('short', 60_000, 90_000), label('long', 0, 10 * minuteMs)], hourMs);

    const windows = judge(rowsOf('api', Array<number>(20).fill(0)), labels, 0).windows;

    expect(windows.map(({ positiveFor }) => positiveFor)).toEqual(
      Array.from({ length: 20 }, (_, i) => (i === 2 ? [1, 0] : [1])),
    );
  });

  test('agree with looking at every label for every window', () => {
    fc.assert(
      fc.property(arbScored, ({ rows, labels }) => {
        for (const judged of judge(rows, labels, graceMs).windows) {
          const { startMs, endMs, source } = judged.row;
          const expected = (grace: number): number[] =>
            [...labels.labels.keys()].filter((i) => {
              const one = labels.labels[i]!;
              return one.services.includes(source) && startMs < one.endMs + grace && endMs > one.startMs;
            });
          expect(new Set(judged.positiveFor)).toEqual(new Set(expected(0)));
          expect(new Set(judged.coveredBy)).toEqual(new Set(expected(graceMs)));
        }
      }),
    );
  });
});

describe('what is left out', () => {
  test('a window with no part in the time of the labels is not judged', () => {
    const labels = { ...labelsOf([], 90_000), startMs: 40_000 };

    const { windows, counts } = judge(rowsOf('api', [0, 0, 0, 0]), labels, graceMs);

    expect(windows.map(({ row: { startMs } }) => startMs)).toEqual([30_000, 60_000]);
    expect(counts).toMatchObject({ rowsRead: 4, windowsOutsideLabels: 2, windowsJudged: 2 });
  });

  test('a label that begins when nothing is scored is not judged, its windows are', () => {
    const labels = labelsOf([label('cut', 0, 120_000), label('seen', 100_000, 120_000)], hourMs);

    const { judgedLabels, windows, counts } = judge(
      [row('api', 60_000, 0), row('api', 90_000, 0)],
      labels,
      0,
    );

    expect(judgedLabels).toEqual([1]);
    expect(windows.map(({ positiveFor }) => positiveFor)).toEqual([[0], [0, 1]]);
    expect(counts).toMatchObject({ labels: 2, labelsNotScored: 1 });
  });

  test('a label of a service that gave no window is judged all the same', () => {
    const labels = labelsOf([label('silent', 30_000, 60_000, { services: ['billing'] })], hourMs);

    expect(judge(rowsOf('api', [0, 0]), labels, graceMs).judgedLabels).toEqual([0]);
  });
});

describe('revisions', () => {
  test('only the highest of a window counts, wherever it stands', () => {
    const rows = [
      row('api', 0, 0.1),
      row('api', 0, 0.9, { revision: 2 }),
      row('api', 0, 0.5, { revision: 1 }),
    ];

    const { windows, counts } = judge(rows, labelsOf([], hourMs), graceMs);

    expect(windows.map(({ row: { score } }) => score)).toEqual([0.9]);
    expect(counts).toMatchObject({ rowsRead: 3, rowsSuperseded: 2, rowsConflicting: 0 });
  });

  test('the same window of two files is two windows', () => {
    const rows = [row('api', 0, 0.1, { file: 'a' }), row('api', 0, 0.9, { file: 'b' })];

    expect(judge(rows, labelsOf([], hourMs), graceMs).windows).toHaveLength(2);
  });

  test('two answers of one revision are counted as a conflict', () => {
    const rows = [
      row('api', 0, 0.1),
      row('api', 0, 0.9),
      row('api', windowMs, 0.2),
      row('api', windowMs, 0.2),
    ];

    expect(judge(rows, labelsOf([], hourMs), graceMs).counts).toMatchObject({
      rowsSuperseded: 2,
      rowsConflicting: 1,
    });
  });
});
