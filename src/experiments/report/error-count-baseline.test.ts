import { expect, test } from 'vitest';
import { labelsOf, minuteMs, row, windowMs } from '../evaluate/evaluate.testkit.js';
import { judge } from '../evaluate/match-labels.js';
import { errorCountWindows } from './error-count-baseline.js';
import type { ReportWindow } from './score-windows.js';

function windowsOf(errorScores: readonly number[], alerts: readonly boolean[], source = 'api') {
  const rows = errorScores.map((errorScore, i): ReportWindow => ({
    ...row(source, i * windowMs, 0.1, { alert: alerts[i]! }),
    errorScore,
  }));
  return judge(rows, labelsOf([], 60 * minuteMs), 0).windows;
}

const none = [false, false, false, false, false, false];

test('an error counts for as long as the hold, for its own source', () => {
  const windows = [
    ...windowsOf([0, 0.9, 0, 0, 0, 0], none, 'api'),
    ...windowsOf([0.2, 0, 0, 0, 0, 0], none, 'db'),
  ];

  const held = errorCountWindows(windows, 3 * windowMs).map((each) => each.row.score);

  expect(held).toEqual([0, 0.9, 0.9, 0.9, 0, 0, 0.2, 0.2, 0.2, 0, 0, 0]);
});

test('it alerts on as many windows as the detector, the highest first', () => {
  const windows = windowsOf([0.1, 0.9, 0.3, 0.8, 0, 0], [true, true, false, false, false, false]);

  const alerting = errorCountWindows(windows, windowMs).map((each) => each.row.alert);

  expect(alerting).toEqual([false, true, false, true, false, false]);
});

test('a window without errors never alerts, however often the detector does', () => {
  const windows = windowsOf([0, 0.5, 0, 0, 0, 0], [true, true, true, true, true, true]);

  expect(errorCountWindows(windows, windowMs).filter((each) => each.row.alert)).toHaveLength(1);
});

test('a detector that never alerts is compared with an error counter that never does', () => {
  const windows = windowsOf([0.1, 0.9, 0.3, 0.8, 0, 0], none);

  expect(errorCountWindows(windows, windowMs).filter((each) => each.row.alert)).toEqual([]);
});
