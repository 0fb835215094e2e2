import { expect, onTestFinished, test } from 'vitest';
import { openSqliteSql } from '../../adapters/sqlite-sql.js';
import { createTestDashboard, openedAt, T0, type TestDashboard, windowsOf } from '../dashboard.testkit.js';

const SOURCES = Array.from({ length: 40 }, (_, index) => `service-${index}`);
const IDS = SOURCES.map((source) => `alert-${source}-0`);

/** One incident of forty services: more changes than anybody may make in a row. */
async function storm(): Promise<TestDashboard> {
  const dashboard = await createTestDashboard();
  await dashboard.commit({
    windows: SOURCES.flatMap((source) => windowsOf(source, [0.95])),
    alerts: SOURCES.map((source) => openedAt(source, 0)),
  });
  return dashboard;
}

test('all alerts of an incident are acknowledged in one request, each with who and when, and taken back so', async () => {
  const { data, post, clock } = await storm();
  const request = (type: string): object => ({
    notes: IDS.map((alertId) => ({ alertId, action: { type } })),
    who: 'kim',
  });

  const answer = await post('/api/notes', request('acknowledged'));
  await post('/api/notes', request('unacknowledged'));

  expect(answer.status).toBe(201);
  expect(await answer.json()).toHaveLength(40);
  for (const alertId of IDS)
    expect(await data.desk.notes({ alertId })).toMatchObject([
      { action: { type: 'acknowledged' }, who: 'kim', atMs: clock.nowMs() },
      { action: { type: 'unacknowledged' }, who: 'kim' },
    ]);
});

test('an alert that is not there, and a list that is none, refuse all of it', async () => {
  const { data, post } = await storm();
  const note = { alertId: IDS[0], action: { type: 'acknowledged' } };
  const statusOf = async (body: object): Promise<number> => (await post('/api/notes', body)).status;

  expect(await statusOf({ notes: [note, { ...note, alertId: 'none' }], who: 'kim' })).toBe(404);
  for (const notes of [
    [],
    note,
    [note, null],
    [{ ...note, action: { type: 'judged' } }],
    Array.from({ length: 201 }, () => note),
  ])
    expect(await statusOf({ notes, who: 'kim' })).toBe(400);
  expect(await statusOf({ notes: [note] })).toBe(400);

  expect(await data.desk.notes({})).toEqual([]);
});

test('a store that breaks in the middle of a request keeps nothing of it', async () => {
  const { data, post, path } = await storm();
  const sql = openSqliteSql(path, false);
  onTestFinished(() => sql.close());
  await sql.write(
    `CREATE TRIGGER breaks BEFORE INSERT ON desk WHEN NEW.sequence % 3 = 0 BEGIN SELECT RAISE(ABORT, 'gone'); END`,
    [],
  );
  const notes = IDS.slice(0, 3).map((alertId) => ({ alertId, action: { type: 'acknowledged' } }));
  const matches = SOURCES.slice(0, 3).map((source) => ({ source }));
  const terms = { untilMs: T0 + 7_200_000, reason: 'disk swap', who: 'kim' };

  const statuses = [
    (await post('/api/notes', { notes, who: 'kim' })).status,
    (await post('/api/silences', { matches, ...terms })).status,
  ];

  expect(statuses).toEqual([503, 503]);
  expect([await data.desk.notes({}), await data.desk.silences({})]).toEqual([[], []]);
});

test('services of an incident are silenced in one request, and all of that is lifted in one', async () => {
  const { data, post } = await storm();
  const matches = SOURCES.map((source) => ({ source, kind: 'other' }));
  const terms = { untilMs: T0 + 7_200_000, reason: 'disk swap', who: 'kim' };

  const silenced = (await (await post('/api/silences', { matches, ...terms })).json()) as { id: number }[];
  expect(silenced).toMatchObject(matches.map((match) => ({ match, who: 'kim', reason: 'disk swap' })));
  const ids = silenced.map(({ id }) => id);
  const lifted = await post('/api/silences/lift', { ids, who: 'ada' });

  expect(lifted.status).toBe(200);
  const all = await data.desk.silences({});
  expect(all.map(({ lifted: by }) => by?.who)).toEqual(SOURCES.map(() => 'ada'));
  for (const body of [{ matches: [] }, { matches: [{}] }, { matches: [matches[0], 7] }])
    expect((await post('/api/silences', { ...body, ...terms })).status).toBe(400);
  for (const wrong of [[], 1, [1.5], ['1']])
    expect((await post('/api/silences/lift', { ids: wrong, who: 'ada' })).status).toBe(400);
});
