import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { serveHttp } from '../../adapters/dashboard-http.js';
import { createTestDashboard, openedAt, T0, windowsOf } from '../dashboard.testkit.js';

const LANES = `/api/swimlane?from=${T0}&to=${T0 + 3_600_000}`;

async function withWindows() {
  const dashboard = await createTestDashboard();
  await dashboard.commit({
    windows: ['api', 'web', 'db'].flatMap((source) => windowsOf(source, Array<number>(60).fill(0.25))),
  });
  return dashboard;
}

test.each([
  ['gzip, deflate, br', 'br', 1 / 3, brotliDecompressSync],
  ['gzip', 'gzip', 1 / 3, gunzipSync],
  ['', null, 1, (bytes: Uint8Array) => bytes],
])('an answer goes to whoever takes %j as %s, and is the same', async (accepted, encoding, most, decode) => {
  const { get } = await withWindows();
  const plain = await (await get(LANES)).text();

  const response = await get(LANES, { 'accept-encoding': accepted });

  expect([response.status, response.headers.get('content-encoding')]).toEqual([200, encoding]);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(Buffer.from(decode(bytes)).toString()).toBe(plain);
  expect(bytes.length).toBeLessThanOrEqual(plain.length * most);
});

test('what is short, or holds the page’s token, is not compressed', async () => {
  const { get, commit } = await withWindows();
  const sources = Array.from({ length: 200 }, (_, n) => `service-${n}`);
  await commit({ windows: sources.flatMap((source) => windowsOf(source, [0.1])) });
  const accept = { 'accept-encoding': 'gzip, br' };

  const short = await get('/api/silences', accept);
  const status = await get('/api/status', accept);

  expect([short, status].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, null]);
  expect(await short.json()).toEqual([]);
  expect((await status.text()).length).toBeGreaterThan(1024);
});

test('an event is there as soon as it happened, to a browser that takes compressed answers too', async () => {
  const { app, hub, commit } = await withWindows();
  const server = await serveHttp((request, client) => app.fetch(request, client), {
    host: '127.0.0.1',
    port: 0,
    isBehindProxy: false,
  });
  onTestFinished(() => server.close());
  const response = await fetch(`http://127.0.0.1:${server.port}/api/events`, {
    headers: { 'accept-encoding': 'gzip, br' },
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const heard = async (name: string): Promise<string> => {
    for (let text = ''; ;) {
      const { value, done } = await reader.read();
      text += value ?? '';
      if (done || text.includes(`event: ${name}\n`)) return text;
    }
  };
  await hub.tick();
  await heard('status');

  await commit({ alerts: [openedAt('api', 1)] });
  await hub.tick();
  const text = await heard('alert');

  expect(response.headers.get('content-encoding')).toBeNull();
  expect(text).toContain('"alertId":"alert-api-1"');
  await reader.cancel();
});
