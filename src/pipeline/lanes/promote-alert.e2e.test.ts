// Trouble that is on while a stream is given another artifact, as built and as whoever is paged sees it: killed around the
// switch, one alert goes on under its id, and the pager and the dashboard are told of one.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningCli, runCli, startCli } from '../adapters/kafka-source.testkit.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { type DashboardServer, serveStore } from '../dashboard/dashboard-server.testkit.js';
import type { AlertDetail, IncidentPage } from '../dashboard/api-alerts.js';
import type { ResultStore } from '../ports.js';
import { until } from '../sinks/sinks-log.testkit.js';
import { isSameArtifact, type ModelSwitch } from './promotion.js';
import { createTroubleLog, type Told, type Trouble, type TroubleLog } from './trouble-log.testkit.js';

const MINUTE_MS = 60_000;
const THERE: Trouble = {
  source: 'payment',
  text: 'charge failed: card processor timed out',
  fromMinute: 10,
  toMinute: 50,
};
const BACK: Trouble = {
  source: 'shipping',
  text: 'no label printed: carrier unreachable',
  fromMinute: 90,
  toMinute: 130,
};
const END_MINUTE = 145;

let log: TroubleLog;
let running: RunningCli | undefined;
let dashboard: DashboardServer | undefined;
let opened: ResultStore | undefined;

beforeAll(async () => {
  log = await createTroubleLog([THERE, BACK]);
});
afterAll(async () => {
  running?.child.kill('SIGKILL');
  await dashboard?.stop();
  await opened?.close();
  await log.close();
});

const toldOf = (trouble: Trouble): Told[] =>
  log.delivered().filter(({ source, since }) => log.isIn(trouble, source, Date.parse(since)));
/** Without doubles, and without what only says more of it. */
const lifeOf = (trouble: Trouble): string[] => [
  ...new Map(
    toldOf(trouble)
      .filter(({ type }) => type !== 'updated')
      .map(({ deliveryId, type, reason }) => [deliveryId, `${type} ${reason ?? ''}`.trim()]),
  ).values(),
];

async function ask<T>(path: string): Promise<T> {
  return (await (await fetch(`${dashboard!.url}api/${path}`)).json()) as T;
}

async function acknowledge(alertId: string): Promise<void> {
  const { csrfToken } = await ask<{ readonly csrfToken: string }>('status');
  const response = await fetch(`${dashboard!.url}api/alerts/${alertId}/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-loghorn-csrf': csrfToken },
    body: JSON.stringify({ action: { type: 'acknowledged' }, who: 'anna' }),
  });
  expect(response.status).toBe(201);
}

test('killed around a promotion and its rollback, an alert that is on is told once, goes on under its id, and stays in hand', async () => {
  const [first, second] = await Promise.all([
    log.fit('first', '--budget', '20/day'),
    log.fit('second', '--budget', '10/day', '--rolling', '2m', '--hold', '1m'),
  ]);
  const path = log.at('live.db');
  const words = ['--from', `file:${log.at('live.ndjson')}`, '--store', `sqlite:${path}`];
  const begin = (): void => {
    const how = ['--model', first, '--follow', '--quiet', '--sinks', log.at('sinks.json')];
    running = startCli('consume', ...words, ...how);
  };
  const killAndBegin = async (): Promise<void> => {
    running!.child.kill('SIGKILL');
    await running!.ended;
    begin();
  };
  begin();
  await until('a store', () => existsSync(path));
  const store = (opened = createSqliteStore(path));
  dashboard = await serveStore(path);

  const writeTo = async (minute: number): Promise<void> => {
    log.write(log.startMs + minute * MINUTE_MS);
    // by whichever artifact; the windows of the last minutes are closed by what comes later
    const fromMs = log.writtenMs() - 2 * MINUTE_MS;
    await until('windows of what was written', async () => {
      for (const { artifact } of await store.lanes())
        if ((await store.windows({ artifact, fromMs, limit: 1 })).length > 0) return true;
      return false;
    });
  };
  /** Killed before the first window of the next switch and after it. @returns the id of the alert that is on meanwhile */
  const throughSwitch = async (trouble: Trouble, index: number, ...promote: string[]): Promise<string> => {
    await writeTo(trouble.fromMinute + 8);
    await until('the opening', () => toldOf(trouble).length > 0);
    const [{ alertId }] = toldOf(trouble) as [Told];
    await acknowledge(alertId);
    runCli('promote', ...promote, ...words);
    const switchNow = async (): Promise<ModelSwitch | undefined> => (await store.modelSwitches())[index];
    await until('a plan', async () => (await switchNow()) !== undefined);
    const { atMs, from } = (await switchNow())!;
    expect(atMs).toBeLessThan(log.startMs + (trouble.toMinute - 10) * MINUTE_MS);
    log.write(atMs! - MINUTE_MS);
    await killAndBegin();
    log.write(atMs! + 3 * MINUTE_MS);
    await until('the switch', async () => (await switchNow())!.effectTimeMs !== null);
    await killAndBegin();
    await writeTo(trouble.toMinute);
    // from here on nobody reads who opened it
    await until('the end of the former artifact', async () =>
      (await store.lanes()).some(
        (each) => isSameArtifact(each.artifact, from) && each.lane?.role === 'retired',
      ),
    );
    expect(lifeOf(trouble)).toEqual(['opened']);
    expect(await ask<AlertDetail>(`alerts/${alertId}`)).toMatchObject({ state: 'acknowledged' });
    return alertId;
  };

  const there = await throughSwitch(THERE, 0, second);
  await writeTo(BACK.fromMinute - 5);
  const back = await throughSwitch(BACK, 1, '--rollback');
  await writeTo(END_MINUTE);
  for (const trouble of [THERE, BACK]) await until('the end of an alert', () => lifeOf(trouble).length > 1);
  running!.child.kill('SIGTERM');
  expect((await running!.ended).code).toBe(0);

  const [to, from] = (await store.modelSwitches()) as [ModelSwitch, ModelSwitch];
  await expectOneAlert(THERE, there, to);
  await expectOneAlert(BACK, back, from);
  // whoever was killed may send again what it sent: the same
  const byId = new Map(log.delivered().map((each) => [each.deliveryId, each]));
  for (const each of log.delivered()) expect(each).toEqual(byId.get(each.deliveryId));
});

async function expectOneAlert(trouble: Trouble, alertId: string, change: ModelSwitch): Promise<void> {
  expect(lifeOf(trouble)).toEqual(['opened', 'resolved quiet']);
  expect(new Set(toldOf(trouble).map((each) => each.alertId))).toEqual(new Set([alertId]));
  const { incidents } = await ask<IncidentPage>(`incidents?from=${log.startMs}&to=${log.writtenMs()}`);
  const own = incidents.filter(({ alerts }) =>
    alerts.some(({ source, sinceMs }) => log.isIn(trouble, source, sinceMs)),
  );
  expect(own).toHaveLength(1);
  expect(own[0]!.alerts.filter(({ source, sinceMs }) => log.isIn(trouble, source, sinceMs))).toMatchObject([
    { alertId, state: 'resolved' },
  ]);
  const detail = await ask<AlertDetail>(`alerts/${alertId}`);
  expect([detail.artifact, detail.heirs]).toEqual([
    change.from,
    [{ artifact: change.to, fromMs: change.atMs }],
  ]);
  expect(detail.notes.map(({ action, who }) => [action.type, who])).toEqual([['acknowledged', 'anna']]);
  await expectWindowsOfBoth(detail, change);
}

/** One after the other without a gap, each as its own artifact scored it. */
async function expectWindowsOfBoth(
  { source, history, untilMs }: AlertDetail,
  { from, to, atMs }: ModelSwitch,
): Promise<void> {
  const [firstMs, lastMs] = [history[0]!.startMs, history.at(-1)!.endMs];
  const wanted = [
    ...(await opened!.windows({ artifact: from, source, fromMs: firstMs, toMs: atMs! })),
    ...(await opened!.windows({ artifact: to, source, fromMs: atMs!, toMs: lastMs })),
  ];
  expect(history.map(({ startMs, score }) => [startMs, score])).toEqual(
    wanted.map(({ startMs, score }) => [startMs, score]),
  );
  expect(history.slice(1).map(({ startMs }) => startMs)).toEqual(
    history.slice(0, -1).map(({ endMs }) => endMs),
  );
  expect(untilMs).toBeGreaterThan(atMs! + 5 * MINUTE_MS);
  expect(firstMs).toBeLessThan(atMs!);
}
