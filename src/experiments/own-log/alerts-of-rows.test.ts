import { expect, test } from 'vitest';
import type { Artifact } from '../../core/artifact.js';
import type { WindowRow } from '../../core/score-window.js';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { alertsOfRows } from './alerts-of-rows.js';
import { alertTable } from './alert-table.js';

const hopMs = DEFAULT_WINDOW_SPEC.hopMs;
const artifact = { name: 'a', spec: { window: DEFAULT_WINDOW_SPEC } } as Artifact;
/** One window a score from window 0, which alerts from 0.5 on and is explained by its own score. */
const rowsOf = (source: string, ...scores: readonly number[]): WindowRow[] =>
  scores.map((score, n) => ({
    source,
    startMs: n * hopMs,
    endMs: (n + 1) * hopMs,
    revision: 0,
    records: 1,
    features: Float64Array.of(1),
    score,
    threshold: 0.5,
    alert: score >= 0.5,
    ...(score >= 0.5
      ? {
          explanation: {
            peakEndMs: (n + 1) * hopMs,
            features: [{ feature: `f${score}`, value: 1, usualLow: 0, usualHigh: 0, amount: 1 }],
            templates: [],
          },
        }
      : {}),
  }));
const pause = Array<number>(25).fill(0);
const rows = [
  ...rowsOf('db', 0, 0, 0, 0.6, 0),
  ...rowsOf('api', 0, 0.6, 0.55, 0.7, 0.81, 0, 0, 0.6, 0, ...pause, 0.8, 0),
];

test('alerting windows within minutes are one alert, explained by the strangest of them', () => {
  const alerts = alertsOfRows(rows, artifact);

  expect(
    alerts.map(({ source, sinceMs, untilMs, peakScore, explanation }) => [
      source,
      sinceMs / hopMs,
      untilMs / hopMs,
      peakScore,
      explanation?.features[0]?.feature,
    ]),
  ).toEqual([
    ['api', 1, 8, 0.81, 'f0.81'],
    ['db', 3, 4, 0.6, 'f0.6'],
    ['api', 34, 35, 0.8, 'f0.8'],
  ]);
});

test('an alert that the log ends in lasts until there', () => {
  const [alert] = alertsOfRows(rowsOf('api', 0, 0.6, 0.6, 0.6), artifact);

  expect(alert!.untilMs).toBe(4 * hopMs);
});

test('the table lists the alerts, and where there are none the windows that came nearest', () => {
  expect(alertTable(alertsOfRows(rows, artifact), rows)[0]).toMatchObject({
    since: '1970-01-01 00:00:30',
    until: '1970-01-01 00:04:00',
    'highest score': 0.81,
    'strongest feature': 'f0.81',
    'first template': null,
  });
  const quiet = rowsOf('api', 0.1, 0.4, 0.2);
  expect(alertTable(alertsOfRows(quiet, artifact), quiet).map((row) => row['score'])).toEqual([
    0.4, 0.2, 0.1,
  ]);
});
