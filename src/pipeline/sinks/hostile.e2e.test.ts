// Log text that wishes us ill, all the way from a file through the built consumer to a signed webhook, Slack's webhook and a
// mail server: what arrives there is text, a receiver that refuses it is left alone in the end, and no secret is seen anywhere.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Ended, type RunningCli, runCli, startCli } from '../adapters/kafka-source.testkit.js';
import { type MailServer, startMailServer } from '../adapters/mail-server.testkit.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import type { StoredDelivery } from './delivery.js';
import { ACTING, healthyBodies, HOSTILE, linesOf, SERVICE } from './hostile-log.testkit.js';
import { type HttpPeer, startHttpPeer } from './http-peer.testkit.js';
import { isAllSent, until } from './sinks-log.testkit.js';

const SECRETS = {
  HOOK_SECRET: 'hook-secret-0123456789',
  STRICT_TOKEN: 'Bearer strict-token-0123456789',
  SLACK_URL: '',
  GONE_URL: 'http://127.0.0.1:9/services/gone-path-0123456789',
  MAIL_PASSWORD: 'mail-password-0123456789',
  LINK_SECRET: 'link-secret-0123456789',
};
const MOST_REFUSALS = 5;

const folder = mkdtempSync(join(tmpdir(), 'loghorn-hostile-'));
const at = (name: string): string => join(folder, name);
let hook: HttpPeer;
let slack: HttpPeer;
let strict: HttpPeer;
let mail: MailServer;
let consumer: RunningCli;
let ended: Ended;
let deliveries: readonly StoredDelivery[] = [];
const logins: unknown[] = [];

beforeAll(async () => {
  [hook, slack] = [await startHttpPeer(), await startHttpPeer()];
  strict = await startHttpPeer((response, _, body) => response.writeHead(400).end(`no: ${body}`));
  mail = await startMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) => {
      logins.push(password);
      done(null, { user: username ?? '' });
    },
  });
  const env = { ...SECRETS, SLACK_URL: slack.url.href };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  writeFileSync(at('sinks.json'), JSON.stringify(settings()));
  const startMs = Date.UTC(2026, 2, 2);
  writeFileSync(at('healthy.ndjson'), linesOf(startMs, healthyBodies(3000)));
  writeFileSync(
    at('live.ndjson'),
    linesOf(startMs + 4_000_000, [...healthyBodies(61), ...HOSTILE, ...healthyBodies(60)]),
  );
  const short = '--window 2s --lateness 500ms --rolling 20s --hold 4s --detector new-templates'.split(' ');
  runCli('fit', at('healthy.ndjson'), '--name', 'hostile', '--models', folder, ...short);
  const model = join(at('hostile'), readdirSync(at('hostile'))[0]!);
  const words = [
    '--from',
    `file:${at('live.ndjson')}`,
    '--follow',
    '--model',
    model,
    '--sinks',
    at('sinks.json'),
  ];

  consumer = startCli('consume', ...words, '--store', `sqlite:${at('results.db')}`);
  const deliveriesNow = async (): Promise<readonly StoredDelivery[]> => {
    const store = createSqliteStore(at('results.db'));
    const [artifact] = await store.artifacts();
    const alerts = artifact === undefined ? [] : await store.alerts({ artifact });
    const all = await Promise.all(alerts.map(({ alertId }) => store.deliveriesOf(alertId)));
    await store.close();
    return all.flat();
  };
  await until('word that what is refused is given up', () =>
    consumer.stderr().includes('is not asked again'),
  );
  await until('the end of all others', async () => {
    deliveries = await deliveriesNow();
    return ['hook', 'slack', 'mail'].every((sink) => isAllSent(to(sink)));
  });
  await until('the end of the refused', async () => {
    deliveries = await deliveriesNow();
    return to('strict').every(({ state }) => state !== 'waiting');
  });
  consumer.child.kill('SIGTERM');
  ended = await consumer.ended;
  deliveries = await deliveriesNow();
});
afterAll(async () => {
  consumer?.child.kill('SIGKILL');
  vi.unstubAllEnvs();
  await Promise.all([hook, slack, strict, mail].map((each) => each?.close()));
  rmSync(folder, { recursive: true, force: true });
});

const to = (wanted: string): readonly StoredDelivery[] => deliveries.filter(({ sink }) => sink === wanted);

test('the webhook is signed, by another implementation of HMAC, and says what the log said', async () => {
  const { HOOK_SECRET } = SECRETS;
  const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(HOOK_SECRET), hmac, false, ['verify']);
  const isOurs = async (header: string, body: string): Promise<boolean> => {
    const [, seconds, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header)!;
    return crypto.subtle.verify('HMAC', key, Buffer.from(hex!, 'hex'), bytesOf(`${seconds}.${body}`));
  };

  expect(hook.requests.length).toBeGreaterThan(0);
  for (const { headers, body } of hook.requests) {
    const header = headers['x-loghorn-signature'] as string;
    expect(await isOurs(header, body)).toBe(true);
    expect(await isOurs(header, body.replace('firing', 'faring').replace('resolved', 'revolved'))).toBe(
      false,
    );
    expect(Buffer.byteLength(body)).toBeLessThan(50_000);
  }
  type Body = { readonly source: string; readonly templates: readonly { readonly example: string }[] };
  const bodies = hook.requests.map(({ body }) => JSON.parse(body) as Body);
  expect(new Set(bodies.map(({ source }) => source))).toEqual(new Set([SERVICE]));
  const examples = bodies.flatMap(({ templates }) => templates.map(({ example }) => example));
  expect(examples).toContain('<script>alert(1)</script>"><img src=x onerror=alert(1)>');
  expect(examples.some((example) => example.startsWith('\r\n.\r\nMAIL FROM'))).toBe(true);
});

test('a mail has the headers that it was to have, for whom it was to be, and no line that is a command', () => {
  expect(mail.mails.length).toBe(to('mail').length);
  for (const { from, to: receivers, source } of mail.mails) {
    expect([from, receivers]).toEqual(['loghorn@example.net', ['ops@example.net']]);
    const [head] = source.split('\r\n\r\n', 1) as [string];
    const names = head
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => line.split(':')[0]!);
    expect(names.length).toBe(new Set(names).size);
    expect(names).toEqual(expect.arrayContaining(['From', 'To', 'Subject', 'Message-ID', 'Date']));
    expect(names.filter((name) => /^(bcc|cc|reply-to)$/i.test(name))).toEqual([]);
    expect(head.replaceAll('\r\n', '').replaceAll('\t', '')).not.toMatch(ACTING);
    expect(Math.max(...source.split('\r\n').map(({ length }) => length))).toBeLessThan(998);
    const html = source.slice(source.indexOf('Content-Type: text/html')).replaceAll('=\r\n', '');
    expect(html).not.toMatch(/<(script|img)/i);
    expect(Buffer.byteLength(source)).toBeLessThan(100_000);
  }
  expect(mail.mails.some(({ source }) => source.includes('&lt;script'))).toBe(true);
  expect(new Set(logins)).toEqual(new Set([SECRETS.MAIL_PASSWORD]));
});

test('Slack is told nothing that calls anybody or links anywhere but to us', () => {
  expect(slack.requests.length).toBe(to('slack').length);
  for (const { body } of slack.requests) {
    const links = body.match(/<[^>|]*[|>]/g) ?? [];
    expect(links.filter((link) => !link.startsWith('<https://logs.example.net/'))).toEqual([]);
    expect(body).not.toMatch(/<!|<@|@(everyone|here|channel)/);
    expect(JSON.parse(body)).toMatchObject({ unfurl_links: false, unfurl_media: false });
  }
});

test('whoever refuses a message is asked five times, and then it is given up with a word', () => {
  const refused = to('strict').slice(0, -1);

  expect(refused.length).toBeGreaterThan(0);
  for (const { state, attempts, lastError } of refused)
    expect([state, attempts, lastError]).toEqual([
      'given-up',
      MOST_REFUSALS,
      expect.stringContaining('HTTP 400'),
    ]);
  // of what it does not know it is not told the end
  expect(to('strict').at(-1)!.state).toBe('history');
  expect(strict.requests.length).toBe(MOST_REFUSALS * refused.length);
  expect(ended.stderr).toMatch(/sink strict refused alert [\w-]+ 5 times and is not asked again: .*HTTP 400/);
  expect(to('gone').map(({ state }) => state)).toEqual(to('gone').map(() => 'waiting'));
});

test('no secret is in what was said, nor in what is stored', () => {
  const said = ended.stdout + ended.stderr;
  const stored = readdirSync(folder)
    .filter((name) => name.startsWith('results.db'))
    .map((name) => readFileSync(at(name), 'latin1'))
    .join('');

  expect(said).toMatch(/sink gone takes no alerts/);
  expect(stored).toContain('HTTP 400');
  for (const secret of [...Object.values(SECRETS), '/hook/secret-path'].filter((each) => each !== ''))
    expect([secret, said.includes(secret), stored.includes(secret)]).toEqual([secret, false, false]);
  expect(said.replaceAll(/[\n\t]/g, '')).not.toMatch(ACTING);
});

function settings(): object {
  const webhook = (name: string, url: unknown, more: object = {}): object => ({
    type: 'webhook',
    name,
    url,
    ...more,
  });
  return {
    notifyHistory: true,
    dashboardUrl: 'https://logs.example.net/',
    linkSecret: { env: 'LINK_SECRET' },
    sinks: [
      webhook('hook', hook.url.href, { secret: { env: 'HOOK_SECRET' } }),
      webhook('strict', strict.url.href, { authorization: { env: 'STRICT_TOKEN' } }),
      webhook('gone', { env: 'GONE_URL' }),
      { type: 'slack', url: { env: 'SLACK_URL' } },
      {
        type: 'email',
        name: 'mail',
        url: `smtp://loghorn@127.0.0.1:${mail.port}?starttls=never`,
        password: { env: 'MAIL_PASSWORD' },
        from: 'Loghorn <loghorn@example.net>',
        to: ['ops@example.net'],
      },
    ],
  };
}
