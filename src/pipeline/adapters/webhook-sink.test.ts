import { afterEach, expect, test } from 'vitest';
import { hostileMessage } from '../sinks/hostile-message.testkit.js';
import { type HttpPeer, startHttpPeer } from '../sinks/http-peer.testkit.js';
import { SinkError } from '../sinks/sink.js';
import { signWebhook, verifyWebhook } from '../sinks/webhook-signature.js';
import { createWebhookSink } from './webhook-sink.js';

const SECRET = 'a secret of some length';
const message = hostileMessage('api', 'disk full', 'disk full');
const never = new AbortController().signal;

let peer: HttpPeer | undefined;
afterEach(() => peer?.close());

async function sendTo(
  answer: Parameters<typeof startHttpPeer>[0],
  signal = never,
): Promise<SinkError | undefined> {
  peer = await startHttpPeer(answer);
  const sink = createWebhookSink({
    name: 'hook',
    url: peer.url,
    timeoutMs: 1000,
    secret: SECRET,
    authorization: 'Bearer token',
  });
  return sink.send(message, signal).then(
    () => undefined,
    (error: unknown) => error as SinkError,
  );
}

test('what is posted is the documented JSON, with the event as its key and a signature over both', async () => {
  expect(await sendTo((response) => response.end())).toBeUndefined();

  const { headers, body } = peer!.requests[0]!;
  expect(headers).toMatchObject({
    'idempotency-key': 'a-0-0',
    'content-type': 'application/json',
    authorization: 'Bearer token',
  });
  expect(JSON.parse(body)).toMatchObject({
    schema: 'loghorn.alert/1',
    eventId: 'a-0-0',
    alertId: 'a',
    type: 'opened',
    status: 'firing',
    source: 'api',
    severity: 'warning',
    kind: 'errors',
    link: 'https://logs.example.net/loghorn/?view=alert&id=a',
    feedback: { notMine: expect.stringMatching(/^https:\/\/logs\.example\.net\/loghorn\/f\/1\./) },
  });
  const signature = headers['x-loghorn-signature'] as string;
  const { sentMs } = message;
  expect(verifyWebhook(body, signature, SECRET, sentMs + 299_000)).toBe(true);
  expect(verifyWebhook(body, signature, SECRET, sentMs + 301_000)).toBe(false);
  expect(verifyWebhook(`${body} `, signature, SECRET, sentMs)).toBe(false);
  expect(verifyWebhook(body, signature, `${SECRET}!`, sentMs)).toBe(false);
  expect(verifyWebhook(body, signWebhook(body, SECRET, sentMs + 1000), SECRET, sentMs)).toBe(true);
  expect(verifyWebhook(body, 'v1=,t=', SECRET, sentMs)).toBe(false);
});

test.each([
  [500, false],
  [404, false],
  [401, false],
  [429, false],
  [400, true],
  [413, true],
  [422, true],
])('an answer of %i is about the message: %s', async (status, isAboutMessage) => {
  const error = await sendTo((response) => {
    response.writeHead(status, status === 429 ? { 'retry-after': '7' } : {}).end('no \u001b[2Jthanks');
  });

  expect(error).toBeInstanceOf(SinkError);
  expect(error).toMatchObject({ isAboutMessage, retryAfterMs: status === 429 ? 7000 : undefined });
  expect(error!.message).toContain(`HTTP ${status}: no`);
  expect(error!.message).not.toContain('secret-path');
});

test('a redirect is not followed, a cut connection and a closed port are outages, and none tells the address', async () => {
  const redirected = await sendTo((response) => response.writeHead(307, { location: '/other' }).end());
  expect(redirected!.message).toMatch(/redirect, which is not followed/);
  expect(peer!.requests.length).toBe(1);
  await peer!.close();

  const cut = await sendTo((response) => response.destroy());
  expect(cut).toMatchObject({ isAboutMessage: false });
  const { url } = peer!;
  await peer!.close();
  peer = undefined;
  const closed = await createWebhookSink({ name: 'hook', url, timeoutMs: 1000 })
    .send(message, never)
    .catch((error: unknown) => error as Error);

  expect((closed as Error).message).toMatch(/ECONNREFUSED/);
  for (const { message: words } of [redirected!, cut!, closed as Error])
    expect(words).not.toMatch(/secret-path|Bearer/);
});

test('an answer without an end is read no further than its beginning', async () => {
  const error = await sendTo((response) => {
    response.writeHead(500);
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });

  expect(error!.message.length).toBeLessThan(5000);
});

test('a peer that hangs is let go of when it is broken off', async () => {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 30);

  const error = await sendTo(() => {}, abort.signal);

  expect(error!.message).toMatch(/aborted/);
});
