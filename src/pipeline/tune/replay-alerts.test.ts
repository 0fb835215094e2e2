// What is replayed from kept scores is held to what a stream with that very threshold would have told.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAlertLife } from '../../core/alert-life.js';
import { arbLogLike } from '../../core/log-like.testkit.js';
import { fitSmall, score } from '../../core/scorer.testkit.js';
import type { Tuning } from '../../core/tuning.js';
import { feedsOf, TEST_SPEC } from '../../core/window/windower.testkit.js';
import { replayAlerts } from './replay-alerts.js';
import { createHistoryBuilder } from './score-history.js';
import { history, line, reasons, WINDOW_MS } from './tune.testkit.js';

const small = fitSmall();
// nothing alerts unasked, so that a threshold of its own makes all the difference
const lax = { ...small, threshold: { ...small.threshold, value: 0.05 } };

test('kept scores at a higher threshold give the alerts that a stream with it would have told', () => {
  const arbThresholds = fc.dictionary(
    fc.constantFrom('api', 'db', 'cron'),
    fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  );
  fc.assert(
    fc.property(
      arbLogLike({ ...TEST_SPEC, maxRecords: 160, slips: false }),
      arbThresholds,
      (records, own) => {
        const tuning: Tuning = { parent: '0', thresholds: own, mutedTemplates: [] };
        const kept = createHistoryBuilder();
        for (const row of score(lax, feedsOf(records)).final) kept.add(row);

        const replayed = replayAlerts(kept.histories(), (source) => own[source] ?? 0.05, lax);

        const wanted = new Map<string, object>();
        const { windowMs, hopMs, correctionMs } = lax.spec.window;
        const life = createAlertLife({ artifactName: lax.name, windowMs, hopMs, correctionMs });
        for (const row of score({ ...lax, tuning }, feedsOf(records)).final) {
          life.onRow(row, ({ alertId, source, sinceMs }) => wanted.set(alertId, { source, sinceMs }));
          const open = life.stateOf(row.source)?.open;
          if (open) wanted.set(open.alertId, { source: row.source, sinceMs: open.sinceMs });
        }
        expect(replayed.map(({ source, sinceMs }) => ({ source, sinceMs }))).toEqual(
          expect.arrayContaining([...wanted.values()]),
        );
        expect(replayed).toHaveLength(wanted.size);
      },
    ),
    { numRuns: 12 },
  );
});

const everyHalfMinute = {
  ...small,
  spec: { ...small.spec, window: { ...TEST_SPEC, windowMs: WINDOW_MS, hopMs: WINDOW_MS } },
};

test('an alert that is open at the end reaches to its last alerting window', () => {
  const [alert] = replayAlerts([history([0.1, 0.9, 0.9, 0.9])], () => 0.6, everyHalfMinute);

  expect(alert).toEqual({ source: 'api', sinceMs: WINDOW_MS, untilMs: 4 * WINDOW_MS, peakScore: 0.9 });
});

test('a level that was told once is not told again here either', () => {
  const scores = Array.from({ length: 700 }, (_, window) => (window >= 300 && window < 400 ? 0.1 : 0.9));
  const same = reasons({ new_template_count: 3 }, line('new', { severity: 'INFO' }));
  const past = history(scores, Object.fromEntries(scores.map((_, window) => [window, same])));

  expect(replayAlerts([past], () => 0.6, everyHalfMinute)).toHaveLength(1);
});

test.each([
  ['silence', reasons({ silence: 20 })],
  ['a fall', { ...reasons({ fall: 20 }), fall: { records: 3, usual: 90, spanMs: 3 * WINDOW_MS } }],
])('an alert for %s is over once windows are calm, and a later one is another', (_, scarce) => {
  const scores = Array.from({ length: 200 }, (_, window) => ([10, 150].includes(window) ? 0.9 : 0.1));
  const past = history(scores, { 10: scarce, 150: reasons({ error_excess: 20 }) });

  const alerts = replayAlerts([past], () => 0.6, everyHalfMinute);

  expect(alerts.map(({ sinceMs, untilMs }) => [sinceMs / WINDOW_MS, untilMs / WINDOW_MS])).toEqual([
    [10, 11],
    [150, 151],
  ]);
});
