import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertEvent } from '../../../core/alert-event.js';
import { createAlertLife } from '../../../core/alert-life.js';
import { type Amounts, moved } from '../../../core/alert-life.testkit.js';
import type { WindowRow } from '../../../core/score-window.js';
import type { StoredWindow } from '../../ports.js';
import { testWindow } from '../../store/result-store.testkit.js';
import { createTestDashboard, HOP_MS, openedAt, T0, windowsOf } from '../dashboard.testkit.js';
import { createPreview } from './preview.js';

const RANGE = { fromMs: T0, toMs: T0 + 86_400_000 };

/** Longer than an alert can open again. */
const CALM = Array<number>(24).fill(0);

test('a stricter threshold gives fewer alerts, and says which judged ones it would lose or spare', async () => {
  // api  .95 … .92 … .97     web  .93
  const { data, commit } = await createTestDashboard();
  await commit({
    windows: [...windowsOf('api', [0.95, ...CALM, 0.92, ...CALM, 0.97]), ...windowsOf('web', [0.93])],
    alerts: [
      openedAt('api', 0, { peakScore: 0.95 }),
      openedAt('api', 25, { peakScore: 0.92 }),
      openedAt('web', 0, { peakScore: 0.93 }),
    ],
  });
  const judge = async (alertId: string, verdict: 'real' | 'false') =>
    data.desk.note({ alertId, action: { type: 'judged', verdict }, who: 'kim', atMs: T0 });
  await judge('alert-api-0', 'real');
  await judge('alert-api-25', 'false');
  await judge('alert-web-0', 'real');

  const preview = (await createPreview(data)(RANGE, 0.94))!;

  expect(preview).toMatchObject({
    threshold: 0.94,
    alerts: 2,
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

test('alerts a day are those of the time that the store knows of, not of all that was asked', async () => {
  // 120 windows of half a minute: an hour
  const { data, commit } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.95, ...Array<number>(118).fill(0), 0]) });
  const rangeOf = (hours: number) => ({ fromMs: T0 - (hours - 1) * 3_600_000, toMs: T0 + 3_600_000 });

  for (const hours of [1, 6, 24])
    expect(await createPreview(data)(rangeOf(hours), 0.9)).toMatchObject({
      alerts: 1,
      coveredMs: 120 * HOP_MS,
      alertsPerDay: 24,
    });
});

test('the time that windows cover is found wherever it lies in weeks', async () => {
  const { data, commit } = await createTestDashboard();
  await commit({ windows: windowsOf('api', Array<number>(360).fill(0)) });
  const dayMs = 86_400_000;

  for (const [before, after] of [
    [0, 20],
    [9, 9],
    [20, 1],
    [40, 0.2],
  ] as const) {
    const range = { fromMs: T0 - before * dayMs, toMs: T0 + after * dayMs };
    expect((await createPreview(data)(range, 0.9))!.coveredMs).toBe(360 * HOP_MS);
  }
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

test('what scores just below the threshold keeps an alert open, what comes soon after opens it again', async () => {
  // odds of 0.8 of those of 0.9 are a score of 0.878
  const { data, commit } = await createTestDashboard();
  await commit({
    windows: [
      ...windowsOf('kept', [0.95, 0.88, 0.88, 0.88, 0.95]),
      ...windowsOf('again', [0.95, 0, 0, 0, 0, 0.95]),
      ...windowsOf('anew', [0.95, ...CALM, 0.95]),
    ],
  });

  const { bySource, alerts, alertsNow } = (await createPreview(data)(RANGE, 0.9))!;

  expect(new Map(bySource.map((each) => [each.source, each.alerts]))).toEqual(
    new Map([
      ['anew', 2],
      ['again', 1],
      ['kept', 1],
    ]),
  );
  expect([alerts, alertsNow]).toEqual([4, 4]);
});

const storedWindow = ({ explanation, features, ...row }: WindowRow): StoredWindow =>
  testWindow({ ...row, features: [...features], ...(explanation ? { explanation } : {}) });

/** A service in some hours: calm, disturbed by this and that, near the threshold, or on a new level. */
const arbStretch = fc.record({
  windows: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 140, max: 170 })),
  amounts: fc.constantFrom<Amounts>(
    {},
    {},
    { volume_excess: 15 },
    { volume_excess: 25 },
    { volume_excess: 25, count_excess: 3 },
    { critical_excess: 40 },
    { tfidf_residual: 25 },
  ),
});

const arbService = fc.record({
  stretches: fc.array(arbStretch, { minLength: 3, maxLength: 5 }),
  /** Windows before the range. */
  before: fc.nat(400),
});

test('law: at the model’s own threshold it counts the alerts that were given', async () => {
  let absorbed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(arbService, { minLength: 2, maxLength: 2 }), async (services) => {
      const { data, commit } = await createTestDashboard();
      const windows: StoredWindow[] = [];
      const alerts: AlertEvent[] = [];
      const life = createAlertLife({ artifactName: 'demo', windowMs: HOP_MS, hopMs: HOP_MS });
      for (const [index, { stretches, before }] of services.entries()) {
        let n = T0 / HOP_MS - before;
        for (const { windows: count, amounts } of stretches)
          for (let each = 0; each < count; each++) {
            const row = moved(n++, amounts, [], { source: `service-${index}` });
            windows.push(storedWindow(row));
            life.onRow(row, (event) => alerts.push(event));
          }
      }
      await commit({ windows, alerts });
      absorbed += alerts.filter(({ reason }) => reason === 'absorbed').length;

      const preview = (await createPreview(data)(RANGE, windows[0]!.threshold))!;

      const given = (await data.reader.alerts(RANGE)).filter(({ alert }) => alert.sinceMs >= RANGE.fromMs);
      expect([preview.alerts, preview.alertsNow]).toEqual([given.length, given.length]);
      for (const { source, alerts: counted } of preview.bySource)
        expect(counted).toBe(given.filter(({ alert }) => alert.source === source).length);
    }),
    { numRuns: 5 },
  );
  expect(absorbed).toBeGreaterThan(0);
}, 60_000);

/** Windows that are for the same reason; by default they alert. */
const levelOf = (fromWindow: number, count: number, amount = 25): StoredWindow[] =>
  Array.from({ length: count }, (_, n) =>
    storedWindow(moved(T0 / HOP_MS + fromWindow + n, { volume_excess: amount })),
  );

test('a level that was not seen for a day is told again, whatever was stored meanwhile', async () => {
  const { data, commit } = await createTestDashboard();
  await commit({ windows: [...levelOf(0, 200), ...levelOf(2000, 1), ...levelOf(5000, 1)] });

  const { alerts } = (await createPreview(data)({ fromMs: T0, toMs: T0 + 3 * 86_400_000 }, 0.8))!;

  expect(alerts).toBe(2);
});

test('a level that was told the day before is no news in a range', async () => {
  // a window each half minute: from 25 h before the range it is a level within the hour, 23.5 h later it is known
  const { data, commit } = await createTestDashboard();
  await commit({ windows: [...levelOf(-25 * 120, 150), ...levelOf(10, 1)] });

  const { alerts } = (await createPreview(data)(RANGE, 0.8))!;

  expect(alerts).toBe(0);
});

test('what keeps an alert open has its say in the hour behind, too', async () => {
  //           116      240   250            1000
  // hour 0 | [ alerting )| near ) hour 2 …   [ alerting: known, since the alert was on for an hour
  const { data, commit } = await createTestDashboard();
  await commit({ windows: [...levelOf(116, 124), ...levelOf(240, 20, 4.6), ...levelOf(1000, 1)] });

  // the laxest threshold that is asked at all: 4.6 score a little less
  const { alerts } = (await createPreview(data)(RANGE, 0))!;

  expect(alerts).toBe(1);
});

test('without a model there is no threshold to change', async () => {
  const { data } = await createTestDashboard();

  expect(await createPreview(data)(RANGE, 0.5)).toBeUndefined();
});
