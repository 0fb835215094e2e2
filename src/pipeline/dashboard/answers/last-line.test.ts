import { expect, test } from 'vitest';
import type { FallEvidence } from '../../../core/alert.js';
import { packLines } from '../../evidence/alert-lines.js';
import { createTestDashboard, HOP_MS, openedAt, T0, windowsOf } from '../dashboard.testkit.js';
import { answerAlert } from './alert-detail.js';

const EXPLANATION = {
  peakEndMs: T0 + 4 * HOP_MS,
  features: [{ feature: 'silence', value: 6, usualLow: 0, usualHigh: 1, amount: 5 }],
  templates: [],
};

/** Lines in windows 0 and 1, none in 2 and 3, the second of which tells; then it speaks again. */
async function silence(isKept: boolean, kind = 'silence', fall?: FallEvidence) {
  const dashboard = await createTestDashboard();
  const features = EXPLANATION.features.map((each) => ({ ...each, feature: kind }));
  const opened = openedAt('api', 3, { explanation: { ...EXPLANATION, features, ...(fall ? { fall } : {}) } });
  const times = [T0 + 5000, T0 + HOP_MS + 12_345, T0 + HOP_MS + 2000, T0 + 4 * HOP_MS + 1];
  const lines = times.map((eventTimeMs) => ({ eventTimeMs, source: 'api', severity: 9, body: 'served' }));
  const windows = windowsOf('api', [0.1, 0.1, 0.5, 0.95, 0.1]).map((row, at) => ({
    ...row,
    records: at === 2 || at === 3 ? 0 : 2,
  }));
  const kept = {
    alertId: opened.alertId,
    source: 'api',
    fromMs: T0,
    earlierMs: null,
    rebuildsFromMs: T0,
    isComplete: true,
    ...packLines(lines),
  };
  await dashboard.commit({ windows, alerts: [opened], ...(isKept ? { alertLines: [kept] } : {}) });
  return (await answerAlert(dashboard.data, dashboard.deviations, opened.alertId))!;
}

test('a silence begins behind the last line before it, and so does the time that it took to be told', async () => {
  const { lastLine, timeToDetect } = await silence(true);

  const lastMs = T0 + HOP_MS + 12_345;
  expect(lastLine).toEqual({ fromMs: lastMs, toMs: lastMs });
  expect(timeToDetect[0]).toMatchObject({ stage: 'window', ms: T0 + 4 * HOP_MS - lastMs });
});

test('where its lines were not kept the window of the last line is named, and the time is the longest it can be', async () => {
  const { lastLine, timeToDetect } = await silence(false);

  expect(lastLine).toEqual({ fromMs: T0 + HOP_MS, toMs: T0 + 2 * HOP_MS });
  expect(timeToDetect[0]!.ms).toBe(3 * HOP_MS);
});

test('an alert for anything else has no last line', async () => {
  const { lastLine, timeToDetect } = await silence(true, 'error_count');

  expect(lastLine).toBeUndefined();
  expect(timeToDetect[0]!.ms).toBe(HOP_MS);
});

test('what fell says something still: it has no last line, and the time counts from the first window that held so little', async () => {
  const { lastLine, fellMs, fall, timeToDetect } = await silence(true, 'fall', {
    records: 7,
    usual: 300,
    spanMs: 3 * HOP_MS,
  });

  expect(lastLine).toBeUndefined();
  expect(fellMs).toBe(T0 + HOP_MS);
  expect(fall).toEqual({ usualRecords: 100, endsAbove: 50 });
  expect(timeToDetect[0]).toMatchObject({ stage: 'window', ms: 3 * HOP_MS });
});

test('what fell silent has a last line all the same, and the time counts from there', async () => {
  const { lastLine, fellMs } = await silence(true, 'fall', { records: 0, usual: 200, spanMs: 2 * HOP_MS });

  expect(lastLine?.fromMs).toBe(T0 + HOP_MS + 12_345);
  expect(fellMs).toBeUndefined();
});
