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

test('an alert that was told before the anomaly began has no time to detect, unless more is told since', async () => {
  const { data, commit, clock } = await createTestDashboard();
  // 2        10    12
  // [ alert ----------------)
  //           [ anomaly )     both services alerted when it came
  await data.reader.addLabels([
    label('same', 'api', 10),
    label('worse', 'web', 10),
    label('spread', 'api', 10, { services: ['api', 'cart'], onsetMs: T0 + 10 * HOP_MS }),
  ]);
  const open = (source: string) => openedAt(source, 2, { untilMs: T0 + 14 * HOP_MS });
  clock.set(T0 + 3 * HOP_MS);
  await commit({ windows: windowsOf('api', [0.1]), alerts: [open('api'), open('web')] });
  clock.set(T0 + 11 * HOP_MS);
  const more = { type: 'updated', endMs: T0 + 11 * HOP_MS } as const;
  await commit({
    alerts: [{ ...open('web'), ...more, eventId: 'alert-web-2-0-1' }, openedAt('cart', 10)],
  });

  const { real } = await answerQuality(data, RANGE);

  const byId = new Map(real!.anomalies.map((each) => [each.id, each]));
  expect(byId.get('same')).toMatchObject({ outcome: 'caught', timeToDetectMs: null, wasAlerting: true });
  expect(byId.get('worse')).toMatchObject({ timeToDetectMs: HOP_MS - 5000, wasAlerting: false });
  expect(byId.get('spread')).toMatchObject({ timeToDetectMs: HOP_MS, alertId: 'alert-cart-10' });
  expect(real!.timeToDetectMs).toEqual({ p50: HOP_MS - 5000, p95: HOP_MS });
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
