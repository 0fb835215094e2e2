// Canary data never mixes with the rest: what the dashboard shows of services is the same beside a canary and without one.
import { expect, test } from 'vitest';
import { CANARY_SOURCE, DETECTION_SOURCE } from '../../../core/canary/canary-source.js';
import { CANARY_STREAM } from '../../canary/canary-stream.js';
import { TEST_KEY } from '../../store/result-store.testkit.js';
import { createTestDashboard, openedAt, T0, type TestDashboard, windowsOf } from '../dashboard.testkit.js';
import { answerIncidents } from './incidents.js';
import { createPreview } from './preview.js';
import { createStatusAnswer } from './status.js';
import { answerSwimlane } from './swimlane.js';

const RANGE = { fromMs: T0, toMs: T0 + 3_600_000 };
const QUERY = { ...RANGE, source: undefined, states: [], severities: [], text: undefined, after: undefined };

/** A service with an alert; with a canary there is one of it a minute later. */
async function createDashboard(hasCanary: boolean): Promise<TestDashboard> {
  const dashboard = await createTestDashboard();
  await dashboard.commit({
    windows: [
      ...windowsOf('api', [0.1, 0.95, 0.2]),
      ...(hasCanary ? windowsOf(CANARY_SOURCE, [0.1, 0.99, 0.99, 0.99]) : []),
    ],
    alerts: [openedAt('api', 1), ...(hasCanary ? [openedAt(CANARY_SOURCE, 1)] : [])],
  });
  if (hasCanary)
    await dashboard.store.takeOver({ ...TEST_KEY, streamId: CANARY_STREAM }, ['log_count', 'error_count']);
  return dashboard;
}

test('incidents, counts of what fires, services and previews are those without the canary', async () => {
  const answers = async ({ data, deviations }: TestDashboard) => {
    const status = await createStatusAnswer(data, deviations)();
    return {
      incidents: await answerIncidents(data, deviations, { ...QUERY, limit: 10 }),
      firing: status.firing,
      sources: status.sources,
      preview: await createPreview(data)(RANGE, 0.5),
    };
  };

  const beside = await answers(await createDashboard(true));

  expect(beside).toEqual(await answers(await createDashboard(false)));
  expect(beside.sources).toEqual(['api']);
  expect(beside.firing).toBe(1);
});

test('the swimlane shows the canary last, however high its scores', async () => {
  const { data } = await createDashboard(true);

  const { lanes } = await answerSwimlane(data, RANGE, undefined);

  expect(lanes.map(({ source }) => source)).toEqual(['api', CANARY_SOURCE]);
});

test('a source of the reserved name that nobody judges is a service like any other', async () => {
  const dashboard = await createTestDashboard();
  await dashboard.commit({ windows: windowsOf(CANARY_SOURCE, [0.95]), alerts: [openedAt(CANARY_SOURCE, 0)] });
  const { data, deviations } = dashboard;

  expect((await answerIncidents(data, deviations, { ...QUERY, limit: 10 })).total).toBe(1);
});

test('a missed canary is an incident of its own, and no false alert of a service', async () => {
  const dashboard = await createDashboard(true);
  await dashboard.commit({ alerts: [openedAt(DETECTION_SOURCE, 1)] });
  const { data, deviations } = dashboard;

  const { incidents } = await answerIncidents(data, deviations, { ...QUERY, limit: 10 });

  expect(incidents.map(({ rootSource, alerts }) => [rootSource, alerts.length])).toEqual(
    expect.arrayContaining([
      ['api', 1],
      [DETECTION_SOURCE, 1],
    ]),
  );
});
