// The dashboard as a process of its own: over real sockets, restarted, and asked what no browser would ask.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { TEST_KEY, testCommit } from '../store/result-store.testkit.js';
import { openedAt, windowsOf } from './dashboard.testkit.js';

const CLI = new URL('../../../dist/cli.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'loghorn-dashboard-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Running {
  readonly port: number;
  readonly url: string;
  readonly child: ChildProcess;
}

async function run(
  store: string,
  words: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const child = spawn(
    process.execPath,
    [CLI, 'dashboard', '--store', `sqlite:${store}`, '--json', ...words],
    {
      env: { ...process.env, ...env },
    },
  );
  children.push(child);
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line') as Promise<[string]>,
    once(child, 'exit').then(() => Promise.reject(new Error(stderr))),
  ]);
  const { port, url } = JSON.parse(line) as { port: number; url: string };
  return { port, url, child };
}

async function withStore(name: string) {
  const path = join(folder, name);
  const store = createSqliteStore(path);
  const owner = await store.takeOver(TEST_KEY, ['log_count', 'error_count']);
  const commit = (window: number): Promise<void> =>
    owner.commit(
      testCommit({
        windows: windowsOf('api', [0.1, 0.95]),
        alerts: [openedAt('api', window)],
        commitTimeMs: Date.now(),
      }),
    );
  await commit(1);
  return { path, commit, close: () => store.close() };
}

/** Reads events until enough alerts came; then goes away, as a browser that lost its connection. */
async function alertsOf(
  { port }: Running,
  count: number,
  lastId: string | undefined,
): Promise<{ readonly ids: readonly string[]; readonly lastId: string }> {
  const abort = new AbortController();
  const headers = lastId === undefined ? {} : { 'last-event-id': lastId };
  const response = await fetch(`http://127.0.0.1:${port}/api/events`, { headers, signal: abort.signal });
  const ids: string[] = [];
  let [text, last] = ['', lastId ?? ''];
  const decoder = new TextDecoder();
  for await (const bytes of response.body!) {
    text += decoder.decode(bytes, { stream: true });
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
      const message = text.slice(0, end);
      last = /^id: (\S+)$/m.exec(message)?.[1] ?? last;
      if (message.startsWith('event: alert\n'))
        ids.push((JSON.parse(/^data: (.*)$/m.exec(message)![1]!) as { alertId: string }).alertId);
    }
    if (ids.length >= count && last !== '') break;
  }
  abort.abort();
  return { ids, lastId: last };
}

/** What a socket answers to raw bytes, up to its end or the time given. */
async function raw(port: number, text: string, waitMs = 3000): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString()));
  await Promise.race([
    once(socket, 'close'),
    new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    }),
  ]);
  socket.destroy();
  return answer;
}

test('alerts come live; after a restart of the server a page goes on where it was, without a gap or a double', async () => {
  const { path, commit, close } = await withStore('resume.db');
  let server = await run(path, ['--port', '0']);
  const greeting = await alertsOf(server, 0, undefined);
  const startedAtMs = performance.now();
  const reading = alertsOf(server, 1, greeting.lastId);
  await commit(10);
  const first = await reading;
  expect(first.ids).toEqual(['alert-api-10']);
  expect(performance.now() - startedAtMs).toBeLessThan(5000);

  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  for (const window of [20, 30, 40]) await commit(window);
  server = await run(path, ['--port', '0']);

  const second = await alertsOf(server, 3, first.lastId);
  expect(second.ids).toEqual(['alert-api-20', 'alert-api-30', 'alert-api-40']);
  const third = alertsOf(server, 1, second.lastId);
  await commit(50);
  expect((await third).ids).toEqual(['alert-api-50']);
  await close();
});

test('told to stop it ends at once, also while pages are open', async () => {
  const { path, close } = await withStore('stop.db');
  const server = await run(path, ['--port', '0']);
  const page = fetch(`http://127.0.0.1:${server.port}/api/events`);
  await page;
  const startedAtMs = performance.now();

  server.child.kill('SIGTERM');
  const [code] = (await once(server.child, 'exit')) as [number];

  expect(code).toBe(0);
  expect(performance.now() - startedAtMs).toBeLessThan(3000);
  await close();
});

test('what no browser asks is refused: other names, ways out of the folder, endless headers, slow senders', async () => {
  const { path, close } = await withStore('raw.db');
  const { port } = await run(path, ['--port', '0']);
  const get = (target: string, host = `127.0.0.1:${port}`): string =>
    `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

  expect(await raw(port, get('/api/status', 'evil.example'))).toMatch(/^HTTP\/1\.1 421/);
  expect(await raw(port, get('/api/status', `127.0.0.1.evil.example:${port}`))).toMatch(/^HTTP\/1\.1 421/);
  for (const target of [
    '/assets/page/../../../../package.json',
    '/assets/../../../../../../etc/passwd',
    '/assets/page/..%2f..%2f..%2fcli.js',
    '/assets/page/%2e%2e/%2e%2e/app.js',
    '//etc/passwd',
    '/core/../cli.js',
  ])
    expect([target, await raw(port, get(target))]).toEqual([
      target,
      expect.stringMatching(/^HTTP\/1\.1 404/),
    ]);
  expect(await raw(port, get('http://evil.example/api/status'))).toMatch(/^HTTP\/1\.1 421/);
  expect(await raw(port, 'GET /api/status HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 4/);
  expect(
    await raw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
  ).toMatch(/^HTTP\/1\.1 431/);
  // headers that never end are waited for, but not for ever: and meanwhile others are served
  const slow = raw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n', 60_000);
  expect(await raw(port, get('/livez'))).toMatch(/alive/);
  expect(await slow).toMatch(/^HTTP\/1\.1 408/);
  await close();
});

test('a body larger than it may be is refused, told its length or not', async () => {
  const { path, close } = await withStore('body.db');
  const { port } = await run(path, ['--port', '0']);
  const send = async (headers: Record<string, string>): Promise<number> => {
    const sent = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/silences',
      headers: { 'content-type': 'application/json', ...headers },
    });
    const answer = once(sent, 'response') as Promise<[{ statusCode: number }]>;
    sent.on('error', () => {});
    sent.end(Buffer.alloc(200_000, 'x'));
    return (await answer)[0].statusCode;
  };

  expect(await send({ 'content-length': '200000' })).toBe(413);
  expect(await send({ 'transfer-encoding': 'chunked' })).toBe(413);
  await close();
});

test('it does not start open to a network without tokens, and with them asks for one', async () => {
  const { path, close } = await withStore('open.db');
  const token = 'anna-0123456789abcdef';

  await expect(run(path, ['--port', '0', '--host', '0.0.0.0'])).rejects.toThrow(
    /open to everybody.*LOGHORN_DASHBOARD_WRITE_TOKEN/,
  );
  await expect(run(path, ['--port', '0', '--public-url', 'https://logs.example.org'])).rejects.toThrow(
    /open to everybody who reaches https:\/\/logs\.example\.org/,
  );
  const env = { LOGHORN_DASHBOARD_WRITE_TOKEN: token };
  const { port, url } = await run(path, ['--port', '0', '--host', '0.0.0.0'], env);
  // every address is no name that it could answer to
  expect(url).toBe(`http://localhost:${port}/`);
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}/api/status`, { headers })).status;
  expect([await status({}), await status({ authorization: `Bearer ${token}` })]).toEqual([401, 200]);
  await close();
});

test('a port that is taken, and a store that is not there, are told in a sentence', async () => {
  const { path, close } = await withStore('port.db');
  const { port } = await run(path, ['--port', '0']);

  await expect(run(path, ['--port', String(port)])).rejects.toThrow(`port ${port} is taken: choose another`);
  await expect(run(join(folder, 'none.db'))).rejects.toThrow(/there is no store at/);
  await close();
});
