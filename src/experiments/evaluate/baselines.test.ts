import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { measureBaselines, randomWindows } from './baselines.js';
import { label, labelsOf, minuteMs, rowsOf } from './evaluate.testkit.js';
import { judge } from './match-labels.js';
import { resolveOptions } from './options.js';

const dayMs = 24 * 60 * minuteMs;

/** A day of two services, half an hour of labelled trouble in each of six places, and scores no better than luck. */
function aimlessDay() {
  const random = createRandom('aimless');
  const scores = () => Array.from({ length: 2880 }, () => (random.next() < 0.02 ? 0.9 : 0.1));
  const labels = Array.from({ length: 6 }, (_, i) =>
    label(`label-${i}`, (i * 4 + 1) * 60 * minuteMs, (i * 4 + 1) * 60 * minuteMs + 30 * minuteMs),
  );
  const rows = [...rowsOf('api', scores()), ...rowsOf('billing', scores())];
  return judge(rows, labelsOf(labels, dayMs), 5 * minuteMs);
}

test('the null baseline finds nothing and ranks nothing', () => {
  const { windows, events } = measureBaselines(aimlessDay(), resolveOptions()).null;

  expect(windows).toMatchObject({ recall: 0, precision: null, f1: 0, rocAuc: 0.5, falsePositiveRate: 0 });
  expect(windows.prAuc).toBe(windows.baseRate);
  expect(events).toMatchObject({ recall: 0, precision: null, f1: 0, rocAuc: 0.5, falseAlertsADay: 0 });
});

test('the always-on baseline finds everything and pays for it every hour of every service', () => {
  const { windows, events } = measureBaselines(aimlessDay(), resolveOptions()).alwaysOn;

  expect(windows).toMatchObject({ recall: 1, falsePositiveRate: 1, rocAuc: 0.5 });
  expect(windows.precision).toBe(windows.baseRate);
  expect(events).toMatchObject({ recall: 1, rocAuc: 0.5, alerts: 48, trueAlerts: 6, falseAlerts: 42 });
  expect(events.falseAlertsADay).toBe(42);
});

test('random scores rank windows and events like chance', () => {
  const { windows, events } = measureBaselines(aimlessDay(), resolveOptions({ randomDraws: 40 })).random;

  expect(Math.abs(windows.rocAuc! - 0.5)).toBeLessThan(0.03);
  expect(Math.abs(events.rocAuc! - 0.5)).toBeLessThan(0.05);
  expect(Math.abs(windows.prAuc! - windows.baseRate!)).toBeLessThan(0.02);
});

test('random scores alert on as many windows as the detector, and a held score is as many windows long', () => {
  const { windows } = aimlessDay();
  const alerts = windows.filter(({ row }) => row.alert).length;

  const bare = randomWindows(windows, 'seed', 0);
  const held = randomWindows(windows, 'seed', 5 * minuteMs);

  expect(bare.filter(({ row }) => row.alert)).toHaveLength(alerts);
  const heldAlerts = held.filter(({ row }) => row.alert).length;
  expect(heldAlerts).toBeGreaterThanOrEqual(alerts);
  expect(heldAlerts).toBeLessThan(alerts + 10);
  const random = createRandom('seed');
  const draws = windows.map(() => random.next());
  expect(bare.map(({ row }) => row.score)).toEqual(draws);
  held.forEach(({ row }, i) => {
    // ten half-minute windows, and never those of the service before
    expect(row.score).toBe(Math.max(...draws.slice(Math.max(row.source === 'api' ? 0 : 2880, i - 9), i + 1)));
  });
});

test('random scores beside a detector that never alerts do not alert either', () => {
  const quiet = judge(rowsOf('api', [0.1, 0.2, 0.3]), labelsOf([], dayMs), 0).windows;

  expect(randomWindows(quiet, 'seed', 0).some(({ row }) => row.alert)).toBe(false);
});
