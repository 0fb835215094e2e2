import { expect, test } from 'vitest';
import { TEST_KEY, testCommit } from '../../store/result-store.testkit.js';
import {
  createTestDashboard,
  HOP_MS,
  openedAt,
  T0,
  type TestDashboard,
  windowsOf,
} from '../dashboard.testkit.js';
import { answerAlert } from './alert-detail.js';
import { answerAlertNotebook } from './alert-notebook.js';

const V2 = { name: 'demo', version: 'v2' };
/** Of the fifth window: the former model went on for two. */
const SWITCH_MS = T0 + 4 * HOP_MS;
const opened = openedAt('api', 2, { score: 0.95, peakScore: 0.95, threshold: 0.9 });

/** An alert of v1, open since the third window, that v2 goes on with. */
async function promotedWhileOn(): Promise<TestDashboard> {
  const dashboard = await createTestDashboard();
  const { store } = dashboard;
  await dashboard.commit({ windows: windowsOf('api', [0.1, 0.1, 0.95, 0.97, 0.99, 0.99]), alerts: [opened] });
  const owner = await store.takeOver({ streamId: TEST_KEY.streamId, artifact: V2 }, [
    'warn_count',
    'log_count',
  ]);
  const windows = windowsOf('api', [0, 0, 0, 0.5, 0.7, 0.8], 0.6).slice(3);
  await owner.commit(
    testCommit({ windows: windows.map((row) => ({ ...row, features: [7, row.features[0]!] })) }),
  );
  const change = { requestId: 1, streamId: TEST_KEY.streamId, from: TEST_KEY.artifact, to: V2 };
  const { id } = await store.requestPromotion({
    kind: 'promote',
    stream: TEST_KEY.streamId,
    to: V2,
    replaces: TEST_KEY.artifact,
    by: 'ann',
    requestTimeMs: T0,
  });
  const times = { atMs: SWITCH_MS, plannedTimeMs: T0, effectTimeMs: SWITCH_MS };
  await store.commitTogether([], [{ ...change, requestId: id, ...times, refused: null }]);
  return dashboard;
}

test('an alert that another model goes on with shows the windows of both, and who speaks since when', async () => {
  const { data, deviations } = await promotedWhileOn();

  const alert = (await answerAlert(data, deviations, opened.alertId))!;

  expect(alert.artifact.version).toBe('v1');
  expect(alert.heirs).toEqual([{ artifact: V2, fromMs: SWITCH_MS }]);
  expect(alert.history.map(({ score }) => score)).toEqual([0.1, 0.1, 0.95, 0.97, 0.7, 0.8]);
  // as far as it is on by the one that speaks now
  expect([alert.peakScore, alert.threshold]).toEqual([0.8, 0.6]);
});

test('its notebook rebuilds the windows of the model that opened it, and says that the others are not', async () => {
  const { data } = await promotedWhileOn();

  const text = (await answerAlertNotebook(data, opened.alertId))!;

  expect(text).toContain('**Another model speaks from 2026-01-01T00:02:00.000Z on**, demo of version v2');
  expect(text).toContain(`untilMs: ${SWITCH_MS}`);
});

test('an alert of the one model that there is names no other', async () => {
  const dashboard = await createTestDashboard();
  await dashboard.commit({ windows: windowsOf('api', [0.1, 0.1, 0.95]), alerts: [opened] });

  const alert = await answerAlert(dashboard.data, dashboard.deviations, opened.alertId);

  expect(alert).not.toHaveProperty('heirs');
  expect(await answerAlertNotebook(dashboard.data, opened.alertId)).not.toContain('Another model');
});
