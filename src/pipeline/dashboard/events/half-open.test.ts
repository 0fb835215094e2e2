import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { serveHttp } from '../../adapters/dashboard-http.js';
import { createTestDashboard, type TestDashboard } from '../dashboard.testkit.js';

const SILENCE = { match: { source: 'api' }, cause: 'silence', fromMs: 0, untilMs: 9e12, who: 'kim' } as const;
const BEAT_MS = 15_000;

async function serve({ app }: TestDashboard): Promise<number> {
  const server = await serveHttp((request, client) => app.fetch(request, client), {
    host: '127.0.0.1',
    port: 0,
    isBehindProxy: false,
  });
  onTestFinished(() => server.close());
  return server.port;
}

/** A page's stream, of which nothing is read until somebody listens. */
async function openEvents(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  return socket;
}

test('a page that stops reading is let go after a few megabytes, and one beside it is told all of it at once', async () => {
  const dashboard = await createTestDashboard();
  const { hub, data } = dashboard;
  const printed = vi.spyOn(console, 'error');
  onTestFinished(() => printed.mockRestore());
  const port = await serve(dashboard);
  const [reading, stopped] = [await openEvents(port), await openEvents(port)];
  let text = '';
  reading.on('data', (bytes) => (text += String(bytes)));
  await expect.poll(() => hub.clients).toBe(2);

  let [rounds, slowestMs] = [0, 0];
  // every change tells all silences: more with each
  for (; hub.clients === 2 && rounds < 40; rounds++) {
    const beganMs = performance.now();
    const mark = `round ${rounds};`;
    await data.desk.addSilence({ ...SILENCE, reason: mark + 'x'.repeat(400_000), atMs: data.nowMs() });
    await hub.tick();
    await expect.poll(() => text.includes(mark), { interval: 5 }).toBe(true);
    slowestMs = Math.max(slowestMs, performance.now() - beganMs);
    text = '';
  }

  expect(hub.clients).toBe(1);
  expect(slowestMs).toBeLessThan(2000);
  // the connection has gone, not only its place: what the network had of it comes yet, and its end
  let received = 0;
  stopped.on('data', (bytes: Buffer) => (received += bytes.length));
  stopped.on('error', () => {});
  await once(stopped, 'close');
  expect(received).toBeLessThan(32 * 2 ** 20);
  expect(reading.destroyed).toBe(false);
  expect(printed).not.toHaveBeenCalled();
});

test('a page that leaves a little lying for half a minute is let go, one that takes it stays', async () => {
  const dashboard = await createTestDashboard();
  const { hub, clock, app } = dashboard;
  const hungUp: string[] = [];
  const openStream = async (who: string): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
    const client = { clientAddress: '127.0.0.1', hangUp: () => void hungUp.push(who) };
    const response = await app.request('/api/events', { headers: { host: '127.0.0.1' } }, client);
    return response.body!.getReader();
  };
  await openStream('stopped');
  const reader = await openStream('reading');
  const reading = (async () => {
    while (!(await reader.read()).done);
  })();
  onTestFinished(async () => {
    await reader.cancel();
    await reading;
  });

  const clients: number[] = [];
  for (let beat = 0; beat < 5; beat++) {
    hub.beat();
    await new Promise(setImmediate);
    clients.push(hub.clients);
    clock.set(clock.nowMs() + BEAT_MS);
  }

  expect(clients).toEqual([2, 2, 1, 1, 1]);
  expect(hungUp).toEqual(['stopped']);
});
