import { expect, test } from 'vitest';
import { TEST_KEY } from '../../store/result-store.testkit.js';
import { createTestDashboard, openedAt, T0, type TestDashboard, windowsOf } from '../dashboard.testkit.js';

const RANGE = `from=${T0}&to=${T0 + 3_600_000}`;
/** A service that would be a formula. */
const FORMULA = '=HYPERLINK("http://evil.example")';

async function filled(): Promise<TestDashboard> {
  const dashboard = await createTestDashboard();
  await dashboard.commit({
    windows: [...windowsOf('payments', [0.1, 0.95, 0.95]), ...windowsOf(FORMULA, [0.1, 0.2, 0.95])],
    alerts: [openedAt('payments', 1, { peakScore: 0.97 }), openedAt(FORMULA, 2)],
    templates: [
      {
        source: 'payments',
        templateId: 't1',
        text: '@payment of <*> failed',
        example: '@payment of 17 failed',
        isNew: false,
        firstMs: T0,
        lastMs: T0 + 1000,
        hours: new Map([[T0 / 3_600_000, 7]]),
      },
    ],
  });
  return dashboard;
}

const linesOf = async (response: Response): Promise<string[]> =>
  (await response.text()).trimEnd().split('\r\n');
const objectsOf = async (response: Response): Promise<unknown[]> =>
  (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('windows of a range are a file of CSV: a header, UTC times, no formula, and a name that tells the range', async () => {
  const { get } = await filled();

  const answer = await get(`/api/export/windows?${RANGE}`);

  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="loghorn-windows-20260101T000000Z-20260101T010000Z.csv"',
  );
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  const { name, version } = TEST_KEY.artifact;
  const [header, ...rows] = await linesOf(answer);
  expect(header).toBe('"source","start","end","records","score","threshold","alert","model","version"');
  expect(rows).toHaveLength(6);
  expect(rows).toContain(
    `"payments","2026-01-01T00:00:30.000Z","2026-01-01T00:01:00.000Z",3,0.95,0.9,true,"${name}","${version}"`,
  );
  expect(rows.filter((row) => row.startsWith(`"'=HYPERLINK(""http`))).toHaveLength(3);
});

test('the filters of the view are the filters of the file, and NDJSON is exact', async () => {
  const { get } = await filled();
  const read = async (kind: string, more: string): Promise<unknown[]> =>
    await objectsOf(await get(`/api/export/${kind}?${RANGE}&format=ndjson&${more}`));

  expect(await read('windows', 'source=payments')).toHaveLength(3);
  expect(await read('alerts', `q=${encodeURIComponent('=hyper')}`)).toMatchObject([
    {
      source: 'payments',
      incident_id: 'alert-payments-1',
      state: 'firing',
      since: '2026-01-01T00:00:30.000Z',
    },
    { source: FORMULA, peak_score: 0.95, acknowledged: false, verdict: null },
  ]);
  expect(await read('incidents', 'severity=warning')).toMatchObject([
    { incident_id: 'alert-payments-1', alerts: 2, sources: ['payments', FORMULA], root_source: 'payments' },
  ]);
  expect(await read('templates', 'q=failed')).toMatchObject([
    { template_id: 't1', template: '@payment of <*> failed', records: 7, share: 1, sources: ['payments'] },
  ]);
  expect(await (await get(`/api/export/incidents?${RANGE}&state=silenced&format=ndjson`)).text()).toBe('');
  const [, template] = await linesOf(await get(`/api/export/templates?${RANGE}`));
  expect(template).toContain(`"'@payment of <*> failed","'@payment of 17 failed"`);
});

test('what makes no sense is refused with a sentence', async () => {
  const { get } = await filled();
  const statusOf = async (path: string): Promise<number> => (await get(`/api/export/${path}`)).status;

  expect(await statusOf(`notes?${RANGE}`)).toBe(404);
  expect(await statusOf(`windows?${RANGE}&format=xlsx`)).toBe(400);
  expect(await statusOf('windows')).toBe(400);
  expect(await statusOf(`alerts?${RANGE}&state=loud`)).toBe(400);
  expect(await statusOf(`windows?from=0&to=${T0}`)).toBe(400);
});

test('two go at once, the third waits; one that was given up makes room, and one that fails does too', async () => {
  const { get } = await filled();
  const first = await get(`/api/export/windows?${RANGE}`);
  const second = await get(`/api/export/windows?${RANGE}`);

  const third = await get(`/api/export/windows?${RANGE}`);
  expect([third.status, third.headers.get('retry-after')]).toEqual([503, '10']);
  await first.body!.cancel();
  expect((await get(`/api/export/windows?${RANGE}&format=xlsx`)).status).toBe(400);
  expect((await get(`/api/export/templates?${RANGE}`)).status).toBe(200);
  await second.text();
});

test('whoever asks for the head alone is refused, and takes no place', async () => {
  const { app, get, hub } = await filled();
  const client = { clientAddress: '127.0.0.1' };
  const head = async (path: string): Promise<Response> =>
    app.request(path, { method: 'HEAD', headers: { host: '127.0.0.1:4173' } }, client);

  for (let n = 0; n < 3; n++) {
    const answers = [await head(`/api/export/windows?${RANGE}`), await head('/api/events')];
    for (const { status, headers } of answers) expect([status, headers.get('allow')]).toEqual([405, 'GET']);
  }

  expect((await get(`/api/export/windows?${RANGE}`)).status).toBe(200);
  expect(hub.clients).toBe(0);
});

test('whoever takes nothing for half a minute makes room for others, whoever reads on stays', async () => {
  const { app, get, data, clock } = await filled();
  const windowFigures = data.reader.windowFigures.bind(data.reader);
  data.reader.windowFigures = async function* (...asked) {
    for (;;) yield* windowFigures(...asked);
  };
  const hungUp: string[] = [];
  const ask = async (who: string): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
    const client = { clientAddress: '127.0.0.1', hangUp: () => void hungUp.push(who) };
    const headers = { host: '127.0.0.1:4173' };
    return (await app.request(`/api/export/windows?${RANGE}`, { headers }, client)).body!.getReader();
  };
  const [stopped, reading] = [await ask('stopped'), await ask('reading')];

  const statuses: number[] = [];
  for (let n = 0; n < 3; n++) {
    clock.set(clock.nowMs() + 14_900);
    await reading.read();
    // what it makes ahead is ready by then
    await new Promise((resolve) => setTimeout(resolve, 10));
    statuses.push((await get(`/api/export/templates?${RANGE}`)).status);
  }

  expect(statuses).toEqual([503, 503, 200]);
  expect(hungUp).toEqual(['stopped']);
  for (const each of [stopped, reading]) await each.cancel();
});

test('a file that breaks off on its way is an error, not a shorter file', async () => {
  const { get, data } = await filled();
  const windowFigures = data.reader.windowFigures.bind(data.reader);
  data.reader.windowFigures = async function* (...asked) {
    for await (const part of windowFigures(...asked)) {
      yield part;
      throw new Error('the disk is gone');
    }
  };

  const answer = await get(`/api/export/windows?${RANGE}`);

  await expect(answer.text()).rejects.toThrow('the disk is gone');
});
