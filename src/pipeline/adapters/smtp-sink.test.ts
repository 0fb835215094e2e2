import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { hostileMessage } from '../sinks/hostile-message.testkit.js';
import { SinkError } from '../sinks/sink.js';
import { type Mail, type MailServer, startMailServer } from './mail-server.testkit.js';
import { createSmtpSink, type SmtpOptions } from './smtp-sink.js';

const message = hostileMessage('api\r\nBcc: all@example.com', 'disk <b>full</b>\r\n.\r\nQUIT', 'x');
const never = new AbortController().signal;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function startSmtp(options: SMTPServerOptions = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  closers.push(() => server.close());
  return server;
}

const sinkTo = (port: number, changes: Partial<SmtpOptions> = {}) =>
  createSmtpSink({
    name: 'mail',
    host: '127.0.0.1',
    port,
    isSecure: false,
    startTls: 'never',
    from: 'Loghorn <loghorn@example.net>',
    to: ['ops@example.net', 'night@example.net'],
    timeoutMs: 20_000,
    ...changes,
  });

const failureOf = async (sending: Promise<void>): Promise<SinkError> => {
  const error = await sending.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SinkError);
  return error as SinkError;
};

test('a mail has text and HTML, its own id, and thread with what the alert opened with', async () => {
  const { port, mails } = await startSmtp();
  const sink = sinkTo(port);
  await sink.send(message, never);
  await sink.send(hostileMessage('api', 'x', 'x', 'updated'), never);

  const [first, second] = mails as readonly [Mail, Mail];
  expect(first.to).toEqual(['ops@example.net', 'night@example.net']);
  const head = first.source.slice(0, first.source.indexOf('\r\n\r\n'));
  expect(head).toMatch(/^Message-ID: <a-0-0\.loghorn@example\.net>$/m);
  expect(head).toMatch(/^Auto-Submitted: auto-generated$/m);
  expect(head).toMatch(/^Content-Type: multipart\/alternative/m);
  expect(head).not.toMatch(/^Bcc:/im);
  expect(first.source).toContain('&lt;b&gt;full');
  expect(second.source).toMatch(/^In-Reply-To: <a-0-0\.loghorn@example\.net>$/m);
  expect(second.source).toMatch(/^References: <a-0-0\.loghorn@example\.net>$/m);
  expect(second.source).toMatch(/^Message-ID: <a-0-1\.loghorn@example\.net>$/m);
});

test('a password goes only over TLS where that is required, and the certificate has to be right', async () => {
  const { port, mails } = await startSmtp({ onAuth: (_, __, done) => done(null, { user: 'me' }) });
  const login = { user: 'me', password: 'S3CRET' };

  const refused = await failureOf(sinkTo(port, { ...login, startTls: 'required' }).send(message, never));
  // its own certificate is signed by nobody
  expect(refused).toMatchObject({ isAboutMessage: false });
  expect(refused.message).toMatch(/certificate/);
  const plain = await startSmtp({ disabledCommands: ['STARTTLS'] });
  const missing = await failureOf(
    sinkTo(plain.port, { ...login, startTls: 'required' }).send(message, never),
  );

  expect(missing.message).toMatch(/STARTTLS|TLS/i);
  for (const { message: words } of [refused, missing]) expect(words).not.toContain('S3CRET');
  expect([...mails, ...plain.mails]).toEqual([]);
});

test('a wrong password is an outage, not the fault of the message', async () => {
  const { port } = await startSmtp({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_, __, done) => done(new Error('Invalid login')),
  });

  const error = await failureOf(sinkTo(port, { user: 'me', password: 'S3CRET' }).send(message, never));

  expect(error).toMatchObject({ isAboutMessage: false });
  expect(error.message).not.toContain('S3CRET');
});

test('a server that refuses the mail itself for good is asked no more for it; one that is busy is', async () => {
  const answering =
    (responseCode: number) => (stream: NodeJS.ReadableStream, _: unknown, done: (error: Error) => void) => {
      stream.resume();
      stream.on('end', () => done(Object.assign(new Error('no'), { responseCode })));
    };
  const [spam, busy] = [
    await startSmtp({ onData: answering(554) }),
    await startSmtp({ onData: answering(451) }),
  ];

  expect(await failureOf(sinkTo(spam.port).send(message, never))).toMatchObject({ isAboutMessage: true });
  expect(await failureOf(sinkTo(busy.port).send(message, never))).toMatchObject({ isAboutMessage: false });
});

test('a server that says nothing is left when that is broken off, and its socket with it', async () => {
  let sockets = 0;
  const silent: Server = createServer((socket) => {
    sockets++;
    socket.on('error', () => {});
    socket.on('close', () => sockets--);
    socket.resume();
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  closers.push(
    () =>
      new Promise<void>((resolve) => {
        silent.close(() => resolve());
      }),
  );
  const abort = new AbortController();
  const sending = sinkTo((silent.address() as AddressInfo).port).send(message, abort.signal);
  setTimeout(() => abort.abort(), 100);

  await failureOf(sending);

  await expect.poll(() => sockets).toBe(0);
});

test('nobody at the port is an outage', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');

  expect((await failureOf(sinkTo(port).send(message, never))).message).toMatch(/ECONNREFUSED/);
});
