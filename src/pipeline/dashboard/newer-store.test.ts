import { expect, onTestFinished, test } from 'vitest';
import { openSqliteSql } from '../adapters/sqlite-sql.js';
import { createTestDashboard, openedAt, T0, windowsOf } from './dashboard.testkit.js';

const RANGE = `from=${T0}&to=${T0 + 3_600_000}`;
const PATHS = [
  'status',
  `incidents?${RANGE}`,
  `swimlane?${RANGE}`,
  'alerts/alert-api-1',
  'silences',
  `templates?${RANGE}`,
  `quality?${RANGE}`,
  `health?${RANGE}`,
  `model?${RANGE}`,
  `model/preview?${RANGE}&threshold=0.5`,
  `markers?${RANGE}`,
  'events',
];

/** As another build that starts on the same store does. */
async function bringUpToDate(path: string): Promise<void> {
  const sql = openSqliteSql(path, false);
  onTestFinished(() => sql.close());
  await sql.write('PRAGMA user_version = 99', []);
}

test('once a newer build has brought the store up to date, nothing is shown of it, nothing written, and it is said', async () => {
  const { get, post, commit, hub, data, store, path } = await createTestDashboard();
  await commit({ windows: windowsOf('api', [0.1, 0.95]), alerts: [openedAt('api', 1)] });
  const silenced = await post('/api/silences', {
    match: { source: 'api' },
    untilMs: T0 + 7_200_000,
    reason: 'disk swap',
    who: 'kim',
  });
  expect(silenced.status).toBe(201);
  const { csrfToken } = (await (await get('/api/status')).json()) as { csrfToken: string };
  for (const each of PATHS.slice(0, 3)) expect((await get(`/api/${each}`)).status).toBe(200);
  hub.connect(
    { address: '', caller: () => undefined, send: () => true, cut: () => {} },
    { cursor: await data.reader.cursor(), markers: 0, atMs: data.nowMs() },
  );

  await bringUpToDate(path);

  for (const each of PATHS) {
    const response = await get(`/api/${each}`);
    expect([each, response.status, await response.json()]).toEqual([
      each,
      503,
      { error: expect.stringContaining('is of another version of loghorn by now') as string },
    ]);
  }
  const note = { action: { type: 'acknowledged' }, who: 'kim' };
  const noted = await post('/api/alerts/alert-api-1/notes', note, { 'x-loghorn-csrf': csrfToken });
  expect(noted.status).toBe(503);
  await expect(hub.tick()).rejects.toThrow(/brought to schema version 99 by another version of loghorn/);
  await expect(commit({ windows: windowsOf('db', [0.1]) })).rejects.toThrow(/start again with that version/);
  expect(await store.windows({ artifact: (await store.artifacts())[0]! })).toHaveLength(2);
  expect(await data.desk.notes({})).toEqual([]);
});
