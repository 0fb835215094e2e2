import { expect, test } from 'vitest';
import type { ScoredWindow } from '../evaluate/scored-window.js';
import type { Labels } from '../labels.js';
import { createHeldOut } from './held-out.js';

const HOUR_MS = 3_600_000;
/** One window an hour and source, scored as given. */
const rowsOf = (source: string, scores: readonly number[]): ScoredWindow[] =>
  scores.map((score, hour) => ({
    source,
    startMs: hour * HOUR_MS,
    endMs: (hour + 1) * HOUR_MS,
    records: 1,
    score,
    threshold: 0.5,
    alert: score >= 0.5,
  }));
const labelAt = (hour: number, service: string): Labels['labels'][number] => ({
  id: `${hour}`,
  kind: 'silence',
  category: 'point',
  startMs: hour * HOUR_MS,
  endMs: hour * HOUR_MS + 1000,
  onsetMs: hour * HOUR_MS,
  services: [service],
  rootService: service,
  strength: 1,
});
const labels: Labels = {
  version: 1,
  startMs: 0,
  endMs: 8 * HOUR_MS,
  labels: [labelAt(2, 'api'), labelAt(5, 'db')],
  benign: [],
};
const rows = [
  ...rowsOf('api', [0.1, 0.1, 0.9, 0.1, 0.1, 0.1, 0.7, 0.1]),
  ...rowsOf('db', [0.1, 0.1, 0.1, 0.1, 0.1, 0.6, 0.1, 0.1]),
];

test('false alerts are counted against healthy time summed over sources, labels by being caught', () => {
  const at = createHeldOut(rows, labels);

  expect(at(0.65)).toMatchObject({ falseAlerts: 1, labels: 2, caught: 1 });
  // a score at the threshold alerts
  expect(at(0.6)).toMatchObject({ falseAlerts: 1, caught: 2 });
  expect(at(0.8)).toMatchObject({ falseAlerts: 0, caught: 1 });
  // 16 windows, one labelled at each source
  expect(at(0.5).sourceDays).toBeCloseTo(14 / 24, 9);
  expect(at(0.5).falseAlertsPerDay).toBeCloseTo(24 / 14, 9);
  expect(at(0.8).perDayInterval[0]).toBe(0);
  expect(at(0.8).perDayInterval[1]).toBeGreaterThan(1);
});

test('without any healthy window nothing can be said', () => {
  const all = { ...labels, labels: [{ ...labelAt(0, 'api'), services: ['api', 'db'], endMs: 8 * HOUR_MS }] };

  expect(() => createHeldOut(rows, all)).toThrow('no window behind the fit is healthy');
});
