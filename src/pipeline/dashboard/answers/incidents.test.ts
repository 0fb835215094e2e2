import { expect, test } from 'vitest';
import {
  createTestDashboard,
  HOP_MS,
  openedAt,
  T0,
  type TestDashboard,
  windowsOf,
} from '../dashboard.testkit.js';
import { answerAlert } from './alert-detail.js';
import { answerIncidents, type IncidentQuery } from './incidents.js';

const QUERY: IncidentQuery = {
  fromMs: T0,
  toMs: T0 + 3_600_000,
  source: undefined,
  states: [],
  severities: [],
  text: undefined,
  after: undefined,
  limit: 50,
};

const REASON = {
  peakEndMs: T0 + 3 * HOP_MS,
  features: [
    { feature: 'error_count', value: 9, usualLow: 0, usualHigh: 1, amount: 3 },
    { feature: 'log_count', value: 90, usualLow: 10, usualHigh: 20, amount: 1 },
  ],
  templates: [
    {
      event: 'new' as const,
      templateId: 't1',
      text: 'payment of <*> failed',
      service: 'payments',
      severity: 'ERROR',
      count: 9,
      usual: 0,
      example: 'payment of 17 failed',
    },
  ],
};

/** payments from the 2nd window on, checkout from the 4th on; another one, of search, half an hour later. */
async function cascade(): Promise<TestDashboard> {
  const dashboard = await createTestDashboard();
  const resolved = {
    ...openedAt('search', 70),
    type: 'resolved' as const,
    eventId: 'search-1',
    reason: 'quiet' as const,
  };
  await dashboard.commit({
    windows: [
      ...windowsOf('payments', [0.1, 0.95, 0.95, 0.95, 0.1]),
      ...windowsOf('checkout', [0.1, 0.1, 0.1, 0.93, 0.1]),
    ],
    alerts: [
      openedAt('payments', 1, { explanation: REASON, peakScore: 0.97 }),
      openedAt('checkout', 3),
      openedAt('search', 70),
      resolved,
    ],
  });
  return dashboard;
}

test('alerts of one cause are one incident, told from the service that deviated first', async () => {
  const { data, deviations } = await cascade();

  const { incidents, total, next } = await answerIncidents(data, deviations, QUERY);

  expect([total, next]).toEqual([2, null]);
  expect(incidents.map(({ rootSource, state, alerts }) => [rootSource, state, alerts.length])).toEqual([
    ['payments', 'firing', 2],
    ['search', 'resolved', 1],
  ]);
  expect(incidents[0]).toMatchObject({
    id: 'alert-payments-1',
    kind: 'errors',
    sinceMs: T0 + HOP_MS,
    story: 'payments deviated first, checkout 1 min later',
  });
});

test('what fires stands first however old it is, what was acknowledged next, what is over last', async () => {
  const { data, deviations, commit, clock } = await createTestDashboard();
  const over = openedAt('over', 100);
  await commit({
    windows: ['old', 'taken', 'over', 'new'].flatMap((source) => windowsOf(source, [0.1])),
    alerts: [
      openedAt('old', 0),
      openedAt('taken', 70),
      over,
      { ...over, type: 'resolved', eventId: 'over-1', reason: 'quiet' },
      openedAt('new', 40),
    ],
  });
  await data.desk.note({
    alertId: 'alert-taken-70',
    action: { type: 'acknowledged' },
    who: 'kim',
    atMs: clock.nowMs(),
  });

  const { incidents } = await answerIncidents(data, deviations, QUERY);

  expect(incidents.map(({ rootSource, state }) => [rootSource, state])).toEqual([
    ['new', 'firing'],
    ['old', 'firing'],
    ['taken', 'acknowledged'],
    ['over', 'resolved'],
  ]);
});

test('incidents are found by service, state, severity and words of any case', async () => {
  const { data, deviations } = await cascade();
  const found = async (change: Partial<IncidentQuery>): Promise<readonly string[]> =>
    (await answerIncidents(data, deviations, { ...QUERY, ...change })).incidents.map(({ id }) => id);

  expect(await found({ source: 'checkout' })).toEqual(['alert-payments-1']);
  expect(await found({ states: ['resolved', 'silenced'] })).toEqual(['alert-search-70']);
  expect(await found({ severities: ['critical'] })).toEqual(['alert-payments-1']);
  expect(await found({ text: 'PAYMENT OF' })).toEqual(['alert-payments-1']);
  expect(await found({ text: '%' })).toEqual([]);
  expect(await found({ toMs: T0 + 600_000 })).toEqual(['alert-payments-1']);
});

test('pages follow on one another, none doubled and none left out', async () => {
  const { data, deviations } = await cascade();
  const first = await answerIncidents(data, deviations, { ...QUERY, limit: 1 });
  const second = await answerIncidents(data, deviations, { ...QUERY, limit: 1, after: first.next! });

  expect([first.incidents[0]!.id, second.incidents[0]!.id, second.next]).toEqual([
    'alert-payments-1',
    'alert-search-70',
    null,
  ]);
});

test('what is silenced, acknowledged and judged is shown so, and again otherwise when it is over', async () => {
  const { data, deviations, clock } = await cascade();
  const nowMs = clock.nowMs();
  const stateOf = async (): Promise<string> =>
    (await answerIncidents(data, deviations, { ...QUERY, source: 'payments' })).incidents[0]!.state;
  const note = async (action: Parameters<typeof data.desk.note>[0]['action']) => {
    for (const alertId of ['alert-payments-1', 'alert-checkout-3'])
      await data.desk.note({ alertId, action, who: 'kim', atMs: nowMs });
  };

  await note({ type: 'acknowledged' });
  expect(await stateOf()).toBe('acknowledged');
  const silence = {
    fromMs: nowMs,
    untilMs: nowMs + 60_000,
    cause: 'silence',
    reason: 'x',
    who: 'kim',
    atMs: nowMs,
  } as const;
  for (const source of ['payments', 'checkout'])
    await data.desk.addSilence({ ...silence, match: { source } });
  expect(await stateOf()).toBe('silenced');
  clock.set(nowMs + 60_000);
  expect(await stateOf()).toBe('acknowledged');
  await note({ type: 'unacknowledged' });
  expect(await stateOf()).toBe('firing');
  await note({ type: 'judged', verdict: 'false' });
  await note({ type: 'judged', verdict: 'real' });
  const alert = await answerAlert(data, deviations, 'alert-payments-1');
  expect([alert!.verdict, alert!.notes.length, alert!.silences.length]).toEqual(['real', 4, 1]);
  await note({ type: 'unjudged' });
  expect((await answerAlert(data, deviations, 'alert-payments-1'))!.verdict).toBeNull();
});

test('silenced and acknowledged are both told, and it is found by either', async () => {
  const { data, deviations, clock } = await cascade();
  const atMs = clock.nowMs();
  const found = async (state: 'firing' | 'acknowledged' | 'silenced') =>
    (await answerIncidents(data, deviations, { ...QUERY, states: [state] })).incidents;
  const acknowledge = async (alertId: string) =>
    await data.desk.note({ alertId, action: { type: 'acknowledged' }, who: 'kim', atMs });
  const silence = {
    fromMs: atMs,
    untilMs: atMs + 1,
    cause: 'silence',
    reason: 'x',
    who: 'kim',
    atMs,
  } as const;
  for (const source of ['payments', 'checkout'])
    await data.desk.addSilence({ ...silence, match: { source } });

  await acknowledge('alert-payments-1');
  // the other one is in nobody's hands yet
  expect(await found('acknowledged')).toEqual([]);
  await acknowledge('alert-checkout-3');

  expect(await found('firing')).toEqual([]);
  const [bySilence, byHands] = [await found('silenced'), await found('acknowledged')];
  expect(bySilence).toMatchObject([{ state: 'silenced', isAlsoAcknowledged: true }]);
  expect(byHands).toEqual(bySilence);
  const alert = await answerAlert(data, deviations, 'alert-payments-1');
  expect(alert).toMatchObject({ state: 'silenced', isAlsoAcknowledged: true });
});

test('a silence of another kind, another template or another service leaves an alert alone', async () => {
  const { data, deviations, clock } = await cascade();
  const atMs = clock.nowMs();
  const silence = {
    fromMs: atMs,
    untilMs: atMs + 60_000,
    cause: 'silence',
    reason: 'x',
    who: 'kim',
    atMs,
  } as const;
  const stateUnder = async (match: object): Promise<string> => {
    const { id } = await data.desk.addSilence({ ...silence, match });
    const { state } = (await answerAlert(data, deviations, 'alert-payments-1'))!;
    await data.desk.liftSilence(id, 'kim', atMs);
    return state;
  };

  // those come first that would still hold the others back, were they not lifted
  for (const match of [
    { kind: 'errors' },
    { templateId: 't1' },
    { source: 'payments', kind: 'errors', templateId: 't1' },
  ])
    expect(await stateUnder(match)).toBe('silenced');
  for (const match of [
    { kind: 'silence' },
    { templateId: 't2' },
    { source: 'checkout' },
    { source: 'payments', kind: 'volume' },
  ])
    expect(await stateUnder(match)).toBe('firing');
});

test('an alert shows its features beside what is usual, over the windows around it', async () => {
  const { data, deviations } = await cascade();

  const alert = await answerAlert(data, deviations, 'alert-payments-1');

  expect(alert).toMatchObject({
    incidentId: 'alert-payments-1',
    headline: 'new ERROR line, 9 in a window: payment of <*> failed',
    templates: REASON.templates,
    events: [{ type: 'opened', score: 0.95 }],
    deliveries: [],
  });
  expect(alert!.features.map(({ feature, share, values }) => [feature, share, values])).toEqual([
    ['error_count', 0.75, Array.from({ length: 5 }, () => 0.1 + 0.2)],
    ['log_count', 0.25, [3, 3, 3, 3, 3]],
  ]);
  expect(alert!.history.map(({ score }) => score)).toEqual([0.1, 0.95, 0.95, 0.95, 0.1]);
  expect((await answerAlert(data, deviations, 'alert-checkout-3'))!.incidentId).toBe('alert-payments-1');
  expect(await answerAlert(data, deviations, 'none')).toBeUndefined();
});

test('where clocks disagree, or where it was history, a stage is not known rather than wrong', async () => {
  const { data, deviations } = await cascade();

  const { timeToDetect } = (await answerAlert(data, deviations, 'alert-payments-1'))!;

  expect(timeToDetect[0]).toMatchObject({ stage: 'window', ms: HOP_MS });
  expect(timeToDetect.slice(1).map(({ ms }) => ms)).toEqual([null, null, null, null, null, null]);
});

test('where alerts are more than are looked through, the list says that it is cut', async () => {
  const { data, deviations } = await cascade();
  const [record] = await data.reader.alerts({ fromMs: T0, toMs: T0 + 3_600_000 });
  const isCut = async (alerts: number): Promise<boolean | undefined> => {
    const reader = { ...data.reader, alerts: async () => Array.from({ length: alerts }, () => record!) };
    return (await answerIncidents({ ...data, reader }, deviations, QUERY)).isCut;
  };

  expect([await isCut(3000), await isCut(3001)]).toEqual([undefined, true]);
});
