import { expect, test } from 'vitest';
import type { ResultStore } from '../../ports.js';
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
  await switchModel(store, SWITCH_MS);
  return dashboard;
}

/** From v1 to v2, in effect at once. */
async function switchModel(store: ResultStore, atMs: number): Promise<void> {
  const { artifact: from, streamId } = TEST_KEY;
  const { id } = await store.requestPromotion({
    kind: 'promote',
    stream: streamId,
    to: V2,
    replaces: from,
    by: 'ann',
    requestTimeMs: T0,
  });
  const times = { atMs, plannedTimeMs: T0, effectTimeMs: atMs };
  await store.commitTogether([], [{ requestId: id, streamId, from, to: V2, ...times, refused: null }]);
}

test('an alert that another model goes on with shows the windows of both, and who speaks since when', async () => {
  const { data, deviations } = await promotedWhileOn();

  const alert = (await answerAlert(data, deviations, opened.alertId))!;

  expect(alert.artifact.version).toBe('v1');
  expect(alert.heirs).toEqual([{ artifact: V2, fromMs: SWITCH_MS }]);
  expect(alert.history.map(({ score }) => score)).toEqual([0.1, 0.1, 0.95, 0.97, 0.7, 0.8]);
  expect(alert.history.map(({ threshold }) => threshold)).toEqual([0.9, 0.9, 0.9, 0.9, 0.6, 0.6]);
  expect(alert.speakers).toEqual([
    { artifact: TEST_KEY.artifact, fromMs: T0 },
    { artifact: V2, fromMs: SWITCH_MS },
  ]);
  // as far as it is on by the one that speaks now
  expect([alert.peakScore, alert.threshold]).toEqual([0.8, 0.6]);
});

test('its notebook rebuilds the windows of the model that opened it, and says that the others are not', async () => {
  const { data } = await promotedWhileOn();

  const text = (await answerAlertNotebook(data, opened.alertId))!;

  expect(text).toContain('**Another model speaks from 2026-01-01T00:02:00.000Z on**, demo of version v2');
  expect(text).toContain(`untilMs: ${SWITCH_MS}`);
});

test('an alert that has been on for six hours names the model that took over in the fifth, and its measures', async () => {
  const { store, clock, data, deviations, commit } = await createTestDashboard();
  const [HOURS_5, HOUR] = [600, 120];
  const long = openedAt('api', 0, { score: 0.95, peakScore: 0.95, threshold: 0.9 });
  await commit({ windows: windowsOf('api', Array<number>(HOURS_5).fill(0.95)), alerts: [long] });
  const owner = await store.takeOver({ streamId: TEST_KEY.streamId, artifact: V2 }, ['log_count']);
  const scores = Array.from({ length: HOURS_5 + HOUR }, (_, at) => (at === HOURS_5 + 7 ? 0.8 : 0.7));
  await owner.commit(testCommit({ windows: windowsOf('api', scores, 0.6).slice(HOURS_5) }));
  const switchMs = T0 + HOURS_5 * HOP_MS;
  await switchModel(store, switchMs);
  clock.set(switchMs + HOUR * HOP_MS);

  const alert = (await answerAlert(data, deviations, long.alertId))!;

  expect(alert.heirs).toEqual([{ artifact: V2, fromMs: switchMs }]);
  expect([alert.peakScore, alert.threshold]).toEqual([0.8, 0.6]);
});

test('an alert of the one model that there is names no other', async () => {
  const dashboard = await createTestDashboard();
  await dashboard.commit({ windows: windowsOf('api', [0.1, 0.1, 0.95]), alerts: [opened] });

  const alert = await answerAlert(dashboard.data, dashboard.deviations, opened.alertId);

  expect(alert).not.toHaveProperty('heirs');
  expect(await answerAlertNotebook(dashboard.data, opened.alertId)).not.toContain('Another model');
});

test('an alert that comes back under another model deviates since the windows of that one rise to its threshold', async () => {
  // v1   - - A - | switch
  // v2           | - r r A      r is raised at v2's threshold of 0.6, not at v1's 0.9
  const { store, commit, data, deviations } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.1, 0.1, 0.95, 0.1]), alerts: [opened] });
  const owner = await store.takeOver({ streamId: TEST_KEY.streamId, artifact: V2 }, ['log_count']);
  await owner.commit(
    testCommit({ windows: windowsOf('api', [0, 0, 0, 0, 0.1, 0.57, 0.57, 0.7], 0.6).slice(4) }),
  );
  await switchModel(store, SWITCH_MS);
  const again = { startMs: T0 + 7 * HOP_MS, endMs: T0 + 8 * HOP_MS, untilMs: T0 + 8 * HOP_MS } as const;
  const reopened = { reason: 'reopened', episodeMs: again.startMs, eventId: 'alert-api-2-0-1' } as const;
  await commit({ alerts: [{ ...opened, ...again, ...reopened }] });

  const record = (await data.reader.alert(opened.alertId))!;

  expect((await deviations(record)) - T0).toBe(5 * HOP_MS);
});
