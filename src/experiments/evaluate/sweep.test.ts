import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from './evaluate.js';
import { arbScored, label, labelsOf, minuteMs, rowsOf } from './evaluate.testkit.js';
import { sweepThresholds } from './sweep.js';

test('four windows worked by hand', () => {
  // label on the second minute: windows of .9 and .4; healthy .6 and .1, far apart from each other for alerts
  const labels = labelsOf([label('a', minuteMs, 2 * minuteMs)], 60 * minuteMs);

  const rows = sweepThresholds(rowsOf('api', [0.6, 0.1, 0.9, 0.4]), labels, { gapMs: 0, graceMs: 0 });

  expect(
    rows.map(({ threshold, isChosen, windowRecall, windowPrecision, eventRecall, eventPrecision }) => [
      threshold,
      isChosen,
      windowRecall,
      windowPrecision,
      eventRecall,
      eventPrecision,
    ]),
  ).toEqual([
    [0.1, false, 1, 0.5, 1, 1],
    [0.4, false, 1, 2 / 3, 1, 0.5],
    [0.5, true, 0.5, 0.5, 1, 0.5],
    [0.6, false, 0.5, 0.5, 1, 0.5],
    [0.9, false, 0.5, 1, 1, 1],
  ]);
  // two minutes scored, one of them healthy
  expect(rows[1]).toMatchObject({ alertsADay: 2 * 720, falseAlertsADay: 1440, medianDelayMs: 30_000 });
});

test('a higher threshold never finds more', () => {
  fc.assert(
    fc.property(arbScored, ({ rows, labels }) => {
      const sweep = sweepThresholds(rows, labels);
      sweep.slice(1).forEach((row, i) => {
        const before = sweep[i]!;
        expect(row.threshold).toBeGreaterThan(before.threshold);
        expect(row.windowRecall ?? 0).toBeLessThanOrEqual(before.windowRecall ?? 0);
        expect(row.eventRecall ?? 0).toBeLessThanOrEqual(before.eventRecall ?? 0);
      });
    }),
    { numRuns: 30 },
  );
});

test('the row of the chosen threshold says what the evaluation says', () => {
  fc.assert(
    fc.property(arbScored, ({ rows, labels }) => {
      const chosen = sweepThresholds(rows, labels).filter(({ isChosen }) => isChosen);
      const { windows, events } = evaluate(rows, labels, { resamples: 0, randomDraws: 1 });

      expect(chosen).toEqual([
        expect.objectContaining({
          threshold: 0.8,
          windowRecall: windows.recall,
          windowPrecision: windows.precision,
          eventRecall: events.recall,
          eventPrecision: events.precision,
          falseAlertsADay: events.falseAlertsADay,
          medianDelayMs: events.medianDelayMs,
        }),
      ]);
    }),
    { numRuns: 30 },
  );
});

test('there is no more than about what was asked for, and nothing without windows', () => {
  const scores = Array.from({ length: 2000 }, (_, i) => ((i * 7919) % 2000) / 2000);
  const labels = labelsOf([], 24 * 60 * minuteMs);

  const thresholds = sweepThresholds(rowsOf('api', scores), labels, {}, 20).map(({ threshold }) => threshold);

  expect(thresholds.length).toBeLessThanOrEqual(21);
  expect(thresholds.length).toBeGreaterThanOrEqual(18);
  expect(thresholds[0]).toBe(0);
  expect(thresholds.at(-1)).toBe(1999 / 2000);
  expect(sweepThresholds([], labels)).toEqual([]);
});
