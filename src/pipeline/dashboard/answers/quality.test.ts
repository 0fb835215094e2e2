import { expect, test } from 'vitest';
import { createTestDashboard, HOP_MS, openedAt, T0, windowsOf } from '../dashboard.testkit.js';
import type { StoredLabel } from '../reader.js';
import { answerQuality } from './quality.js';

const label = (
  id: string,
  service: string,
  window: number,
  changes: Partial<StoredLabel> = {},
): StoredLabel => ({
  id,
  kind: 'error-spike',
  startMs: T0 + window * HOP_MS,
  endMs: T0 + (window + 2) * HOP_MS,
  onsetMs: T0 + window * HOP_MS + 5000,
  services: [service],
  rootService: service,
  strength: 0.5,
  isCanary: false,
  ...changes,
});
const RANGE = { fromMs: T0, toMs: T0 + 3_600_000 };

test('what was injected is caught, missed or not decided yet; an alert of nothing is false', async () => {
  const { data, commit, clock } = await createTestDashboard();
  clock.set(T0 + 25 * HOP_MS);
  await data.reader.addLabels([label('a', 'api', 2), label('b', 'web', 10), label('c', 'api', 24.5)]);
  clock.set(T0 + 3 * HOP_MS + 2000);
  await commit({ windows: windowsOf('api', [0.1]), alerts: [openedAt('api', 2)] });
  clock.set(T0 + 25 * HOP_MS);
  await commit({ alerts: [openedAt('web', 20)] });

  const { real, canary } = await answerQuality(data, RANGE);

  expect(canary).toBeNull();
  expect(real).toMatchObject({ injected: 3, caught: 1, missed: 1, undecided: 1, falseAlerts: 1 });
  expect(real!.recall!.value).toBe(0.5);
  expect(real!.precision!.value).toBe(0.5);
  expect(real!.recall!.low).toBeLessThan(0.1);
  expect(
    real!.anomalies.map(({ id, outcome, timeToDetectMs, alertId }) => [id, outcome, timeToDetectMs, alertId]),
  ).toEqual([
    ['c', 'undecided', null, null],
    ['b', 'missed', null, null],
    ['a', 'caught', HOP_MS + 2000 - 5000, 'alert-api-2'],
  ]);
  expect(real!.timeToDetectMs).toEqual({ p50: 27_000, p95: 27_000 });
});

test('an alert that was told before the anomaly began catches it only by what is told of it since', async () => {
  const { data, commit, clock } = await createTestDashboard();
  // 2        10    12
  // [ alert ----------------)
  //           [ anomaly )     nothing is told of api, more of web, and cart begins
  await data.reader.addLabels([
    label('same', 'api', 10),
    label('worse', 'web', 10),
    label('spread', 'api', 10, { services: ['api', 'cart'], onsetMs: T0 + 10 * HOP_MS }),
  ]);
  const open = (source: string) => openedAt(source, 2, { untilMs: T0 + 14 * HOP_MS });
  clock.set(T0 + 3 * HOP_MS);
  await commit({ windows: windowsOf('api', Array(14).fill(0.95)), alerts: [open('api'), open('web')] });
  clock.set(T0 + 11 * HOP_MS);
  const more = { type: 'updated', startMs: T0 + 10 * HOP_MS, endMs: T0 + 11 * HOP_MS } as const;
  await commit({
    alerts: [{ ...open('web'), ...more, eventId: 'alert-web-2-0-1' }, openedAt('cart', 10)],
  });
  clock.set(T0 + 20 * HOP_MS);

  const { real } = await answerQuality(data, RANGE);

  const byId = new Map(real!.anomalies.map((each) => [each.id, each]));
  expect(byId.get('same')).toMatchObject({ outcome: 'missed', timeToDetectMs: null, alertId: null });
  expect(byId.get('worse')).toMatchObject({ timeToDetectMs: HOP_MS - 5000, alertId: 'alert-web-2' });
  expect(byId.get('spread')).toMatchObject({ timeToDetectMs: HOP_MS, alertId: 'alert-cart-10' });
  expect(real!.timeToDetectMs).toEqual({ p50: HOP_MS - 5000, p95: HOP_MS });
  expect(real).toMatchObject({ alerts: 3, falseAlerts: 1 });
});

test('windows that begin to alert anew while an alert is up catch an anomaly, without a time to detect', async () => {
  const { data, commit, clock } = await createTestDashboard();
  await data.reader.addLabels([label('again', 'api', 10)]);
  const alert = openedAt('api', 2, { untilMs: T0 + 14 * HOP_MS });
  const scores = Array.from({ length: 14 }, (_, n) => (n === 9 ? 0.89 : 0.95));
  await commit({ windows: windowsOf('api', scores), alerts: [alert] });
  clock.set(T0 + 20 * HOP_MS);

  const { real } = await answerQuality(data, RANGE);

  expect(real!.anomalies).toMatchObject([
    { outcome: 'caught', timeToDetectMs: null, wasAlerting: true, alertId: 'alert-api-2' },
  ]);
  expect(real!.timeToDetectMs).toBeNull();
});

test('what was missed stays missed when an alert from before opens again long after', async () => {
  const { data, commit, clock } = await createTestDashboard();
  await data.reader.addLabels([label('silence', 'api', 10)]);
  const opened = openedAt('api', 2);
  await commit({ alerts: [opened] });
  clock.set(T0 + 30 * HOP_MS);
  const outcome = async () => (await answerQuality(data, RANGE)).real!.anomalies[0]!.outcome;
  const before = await outcome();

  const again = { reason: 'reopened', startMs: T0 + 29 * HOP_MS, endMs: T0 + 30 * HOP_MS } as const;
  await commit({
    alerts: [{ ...opened, ...again, untilMs: T0 + 30 * HOP_MS, eventId: 'alert-api-2-0-1' }],
  });

  expect([before, await outcome()]).toEqual(['missed', 'missed']);
});

test('an anomaly that still lasts is not missed yet', async () => {
  const { data, commit, clock } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.1]) });
  await data.reader.addLabels([label('long', 'api', 2, { endMs: T0 + 40 * HOP_MS })]);
  clock.set(T0 + 30 * HOP_MS);

  const { real } = await answerQuality(data, RANGE);

  expect(real).toMatchObject({ undecided: 1, missed: 0 });
});

test('the canary is judged apart: neither counts for the other', async () => {
  const { data, commit } = await createTestDashboard();
  const isCanary = true;
  await data.reader.addLabels([label('a', 'api', 2), label('k', 'loghorn-canary', 2, { isCanary })]);
  await commit({
    windows: windowsOf('api', [0.1]),
    alerts: [openedAt('loghorn-canary', 2), openedAt('loghorn-canary', 40), openedAt('web', 60)],
  });

  const { real, canary } = await answerQuality(data, RANGE);

  expect(canary).toMatchObject({ injected: 1, caught: 1, falseAlerts: 1 });
  expect(real).toMatchObject({ injected: 1, caught: 0, missed: 1, falseAlerts: 1 });
});

test('without labels nothing is claimed', async () => {
  const { data, commit } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.95]), alerts: [openedAt('api', 0)] });

  expect(await answerQuality(data, RANGE)).toEqual({ real: null, canary: null });
});
