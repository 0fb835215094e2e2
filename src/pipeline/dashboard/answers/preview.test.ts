import { expect, test } from 'vitest';
import { createTestDashboard, openedAt, T0, windowsOf } from '../dashboard.testkit.js';
import { createPreview } from './preview.js';

const RANGE = { fromMs: T0, toMs: T0 + 86_400_000 };

test('a stricter threshold gives fewer alerts, and says which judged ones it would lose or spare', async () => {
  // api  .95 . . .92 . . .97     web  .93
  const { data, commit } = await createTestDashboard();
  await commit({
    windows: [...windowsOf('api', [0.95, 0, 0, 0.92, 0, 0, 0.97]), ...windowsOf('web', [0.93])],
    alerts: [
      openedAt('api', 0, { peakScore: 0.95 }),
      openedAt('api', 3, { peakScore: 0.92 }),
      openedAt('web', 0, { peakScore: 0.93 }),
    ],
  });
  const judge = async (alertId: string, verdict: 'real' | 'false') =>
    data.desk.note({ alertId, action: { type: 'judged', verdict }, who: 'kim', atMs: T0 });
  await judge('alert-api-0', 'real');
  await judge('alert-api-3', 'false');
  await judge('alert-web-0', 'real');

  const preview = (await createPreview(data)(RANGE, 0.94))!;

  expect(preview).toMatchObject({
    threshold: 0.94,
    alerts: 2,
    alertsPerDay: 2,
    alertsNow: 4,
    realLost: 1,
    falseSpared: 1,
    bySource: [
      { source: 'api', alerts: 2, alertsNow: 3 },
      { source: 'web', alerts: 0, alertsNow: 1 },
    ],
  });
  const thresholds = preview.curve.map(({ threshold }) => threshold);
  const alerts = preview.curve.map((point) => point.alerts);
  expect(thresholds).toEqual([...thresholds].sort((a, b) => b - a));
  expect([alerts[0], alerts.at(-1)]).toEqual([1, 4]);
});

test('moving a slider reads the scores once', async () => {
  const { data, commit } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.95]) });
  let reads = 0;
  const scores = data.reader.scores.bind(data.reader);
  Object.assign(data.reader, {
    scores: (...asked: Parameters<typeof scores>) => {
      reads++;
      return scores(...asked);
    },
  });
  const preview = createPreview(data);

  for (const threshold of [0.8, 0.85, 0.9, 0.99]) await preview(RANGE, threshold);

  expect(reads).toBe(1);
});

test('without a model there is no threshold to change', async () => {
  const { data } = await createTestDashboard();

  expect(await createPreview(data)(RANGE, 0.5)).toBeUndefined();
});
