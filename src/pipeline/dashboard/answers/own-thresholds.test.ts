// Services with thresholds of their own, as the answers that show or count by a threshold have them.
import { expect, test } from 'vitest';
import { filesOf, smallArtifact } from '../../../core/artifact.testkit.js';
import { createTestDashboard, HOP_MS, T0, windowsOf } from '../dashboard.testkit.js';
import { answerModel } from './model.js';
import { createPreview } from './preview.js';
import { answerSwimlane } from './swimlane.js';

const RANGE = { fromMs: T0, toMs: T0 + 40 * HOP_MS };
const MUTED = {
  templateId: '0123456789abcdef',
  text: 'cache warmed',
  reason: 'said by the team',
  who: 'ann',
  atMs: T0,
};
/** Longer than an alert can open again. */
const CALM = Array<number>(24).fill(0);

/** Its general threshold is 0.4. */
async function tunedDashboard() {
  const dashboard = await createTestDashboard();
  const tuning = { parent: 'v0', thresholds: { api: 0.8, web: 0.4 }, mutedTemplates: [MUTED] };
  const files = [...filesOf({ ...smallArtifact(), tuning })];
  const text = JSON.stringify(
    Object.fromEntries(files.map(([file, bytes]) => [file, new TextDecoder().decode(bytes)])),
  );
  const [artifact] = await dashboard
    .commit({
      windows: [...windowsOf('api', [0.5, ...CALM, 0.9]), ...windowsOf('web', [0.5, ...CALM, 0.9])],
    })
    .then(() => dashboard.store.artifacts());
  await dashboard.store.keepModel(artifact!, text);
  return dashboard;
}

test('a lane says the threshold of its service where that has one of its own', async () => {
  const { data } = await tunedDashboard();

  const { lanes, threshold } = await answerSwimlane(data, RANGE, HOP_MS);

  expect(threshold).toBe(0.4);
  expect(new Map(lanes.map((lane) => [lane.source, lane.threshold]))).toEqual(
    new Map([
      ['api', 0.8],
      ['web', 0.4],
    ]),
  );
});

test('the alerts of now are those that each service gives at its own threshold', async () => {
  const { data } = await tunedDashboard();

  expect(await createPreview(data)(RANGE, 0.4)).toMatchObject({
    alerts: 4,
    alertsNow: 3,
    bySource: [
      { source: 'web', alerts: 2, alertsNow: 2 },
      { source: 'api', alerts: 2, alertsNow: 1 },
    ],
  });
});

test('the model says which services differ from its threshold, of which version, and which lines are muted', async () => {
  const { data } = await tunedDashboard();

  const { champion } = await answerModel(data, RANGE);

  expect(champion).toMatchObject({
    threshold: 0.4,
    ownThresholds: [{ source: 'api', threshold: 0.8 }],
    muted: [MUTED],
    tunedFrom: 'v0',
  });
});
