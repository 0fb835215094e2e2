import { expect, test } from 'vitest';
import { compareRows, formatCompareTable, formatDelay } from './compare-table.js';
import { evaluate } from './evaluate.js';
import { label, labelsOf, minuteMs, rowsOf } from './evaluate.testkit.js';

test('evaluations and baselines stand in one table, what is undefined as a dash', () => {
  const labels = labelsOf([label('a', minuteMs, 2 * minuteMs)], 60 * minuteMs);
  const evaluation = evaluate(rowsOf('api', [0.1, 0.1, 0.9, 0.1]), labels, { resamples: 0, graceMs: 0 });

  const rows = compareRows([
    ['isolation forest', evaluation],
    ['null', evaluation.baselines.null],
  ]);

  expect(rows[0]).toEqual({
    detector: 'isolation forest',
    rocAuc: 0.75,
    prAuc: 0.75,
    eventRecall: 1,
    precision: 1,
    falseAlertsADay: 0,
    medianDelayMs: 30_000,
  });
  expect(formatCompareTable(rows)).toBe(
    [
      'detector          ROC-AUC  PR-AUC  event recall  precision  false alerts/day  median delay',
      'isolation forest    0.750   0.750         1.000      1.000               0.0          30 s',
      'null                0.500   0.500         0.000          –               0.0             –',
    ].join('\n'),
  );
});

test('a delay is written in the unit that reads best', () => {
  expect([null, 0, 45_000, 150_000, 3 * 3_600_000].map(formatDelay)).toEqual([
    '–',
    '0 s',
    '45 s',
    '2.5 min',
    '3.0 h',
  ]);
});
