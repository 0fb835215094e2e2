import { expect, test } from 'vitest';
import { readAlertSettings } from './sink-settings.js';
import { withEnvironment } from './settings-from-env.js';

const env = {
  HOOK_SECRET: 'a secret of some length',
  SHORT: 'S3CRET',
  LOGHORN_SLACK_URL: 'https://hooks.slack.example/services/S3CRET',
};
const places = {
  env,
  readFile: (path: string): string => {
    if (path === '/run/secrets/hook') return 'another secret of length\n';
    throw new Error(`ENOENT: no such file or directory, open '${path}'`);
  },
};
const read = (json: unknown) => readAlertSettings(json, 'sinks.json', places);
const sinkOf = (sink: object) => read({ sinks: [sink] }).sinks[0];

test('a file names sinks of every kind, with secrets from the environment and from files', () => {
  const settings = read({
    dashboardUrl: 'https://logs.example.net',
    linkSecret: { env: 'HOOK_SECRET' },
    title: '{severity}: {source}',
    historyAfter: '1h',
    sinks: [
      {
        type: 'webhook',
        name: 'pager',
        url: 'https://pager.example/in',
        secret: { file: '/run/secrets/hook' },
      },
      { type: 'alertmanager', url: 'http://127.0.0.1:9093', labels: { team: 'shop' }, resolveAfter: '2m' },
      { type: 'slack', url: { env: 'LOGHORN_SLACK_URL' }, timeout: '3s' },
      {
        type: 'email',
        url: 'smtp://me@mail.example',
        password: { env: 'SHORT' },
        from: 'a@b.c',
        to: ['d@e.f'],
      },
    ],
  });

  expect(settings).toMatchObject({
    message: { dashboardUrl: 'https://logs.example.net/', linkSecret: env.HOOK_SECRET },
    notifyHistory: false,
    historyAfterMs: 3_600_000,
    giveUpAfterMs: 259_200_000,
    sinks: [
      { type: 'webhook', name: 'pager', secret: 'another secret of length', timeoutMs: 10_000 },
      { type: 'alertmanager', name: 'alertmanager', labels: { team: 'shop' }, resolveAfterMs: 120_000 },
      { type: 'slack', name: 'slack', timeoutMs: 3000 },
      {
        type: 'email',
        host: 'mail.example',
        port: 587,
        startTls: 'required',
        user: 'me',
        password: 'S3CRET',
      },
    ],
  });
});

test('TLS is required of a mail server but of one on this machine, or as the address says', () => {
  const startTlsOf = (url: string) => sinkOf({ type: 'email', url, from: 'a@b.c', to: ['d@e.f'] });

  expect(startTlsOf('smtp://localhost')).toMatchObject({ startTls: 'if-offered', isSecure: false });
  expect(startTlsOf('smtps://mail.example')).toMatchObject({ isSecure: true, port: 465 });
  expect(startTlsOf('smtp://mail.example:25?starttls=never')).toMatchObject({ startTls: 'never', port: 25 });
});

const hook = { type: 'webhook', url: 'https://pager.example/S3CRET' };
test.each<[string, unknown, RegExp]>([
  ['no object', [], /^sinks\.json must be an object in braces, got an empty list$/],
  [
    'an unknown field',
    { sink: [] },
    /^sinks\.json has "sink", which means nothing here: it may have "sinks"/,
  ],
  [
    'no type',
    { sinks: [{ url: 'https://x' }] },
    /"sinks" number 1: "type" must be one of webhook, .* got none/,
  ],
  ['another type', { sinks: [hook, { type: 'sms' }] }, /"sinks" number 2: "type" .* got 'sms'/],
  ['no url', { sinks: [{ type: 'slack' }] }, /number 1 has no "url": give it one/],
  ['no address', { sinks: [{ ...hook, url: 'S3CRET' }] }, /"url" is no address: write one such as https/],
  [
    'another scheme',
    { sinks: [{ ...hook, url: 'file:///S3CRET' }] },
    /must begin with https:\/\/ or http:\/\/, got file:$/,
  ],
  ['a login', { sinks: [{ ...hook, url: 'https://me:S3CRET@x' }] }, /has a login in it/],
  [
    'a plain secret',
    { sinks: [{ ...hook, secret: 'S3CRET' }] },
    /"secret" must be \{"env": "NAME"\} .* got a text/,
  ],
  [
    'a short secret',
    { sinks: [{ ...hook, secret: { env: 'SHORT' } }] },
    /16 characters or more, this one has 6/,
  ],
  [
    'a missing variable',
    { sinks: [{ ...hook, secret: { env: 'NONE' } }] },
    /variable NONE, which is not set/,
  ],
  ['a missing file', { sinks: [{ ...hook, secret: { file: '/no' } }] }, /file \/no: ENOENT/],
  ['a bad name', { sinks: [{ ...hook, name: 'A B' }] }, /lower-case letters, digits and hyphens/],
  ['one name twice', { sinks: [hook, hook] }, /two sinks named webhook/],
  ['a bad duration', { sinks: [{ ...hook, timeout: 'soon' }] }, /"timeout": 'soon' is no duration/],
  ['a long duration', { sinks: [{ ...hook, timeout: '2h' }] }, /at most 60 s/],
  [
    'a strange label',
    { sinks: [{ type: 'alertmanager', url: 'http://x', labels: { 'a-b': 'c' } }] },
    /'a-b'/,
  ],
  ['no receiver', { sinks: [{ type: 'email', url: 'smtp://x', from: 'a@b.c' }] }, /has no "to"/],
  [
    'a header in an address',
    { sinks: [{ type: 'email', url: 'smtp://x', from: 'a@b.c', to: ['a@b.c\r\nBcc: d@e.f'] }] },
    /"to" must be an address/,
  ],
  [
    'an unknown placeholder',
    { title: '{secret}' },
    /the template has \{secret\}, which stands for nothing: use \{source\}/,
  ],
  ['a lonely brace', { text: 'a { b' }, /single brace/],
])('%s is refused in a sentence without a secret', (_, json, sentence) => {
  let words = '';
  try {
    read(json);
  } catch (error) {
    words = (error as Error).message;
  }

  expect(words).toMatch(sentence);
  expect(words).not.toContain('S3CRET');
});

test('environment variables name sinks as a file would, beside those of the file', () => {
  const variables = {
    ...env,
    LOGHORN_WEBHOOK_URL: 'https://hook.example',
    LOGHORN_WEBHOOK_SECRET: 'a secret of some length',
    LOGHORN_ALERTMANAGER_URL: 'http://127.0.0.1:9093',
    LOGHORN_SMTP_URL: 'smtps://mail.example',
    LOGHORN_MAIL_TO: 'a@b.c, d@e.f',
    LOGHORN_MAIL_FROM: 'x@y.z',
    LOGHORN_DASHBOARD_URL: 'https://logs.example.net',
    LOGHORN_LINK_SECRET: 'a secret for the links',
  };
  const file = { sinks: [{ type: 'webhook', name: 'pager', url: 'https://pager.example' }] };

  const settings = readAlertSettings(withEnvironment(file, variables), 'both', { ...places, env: variables });

  expect(settings.sinks.map(({ name }) => name)).toEqual([
    'pager',
    'webhook',
    'alertmanager',
    'slack',
    'email',
  ]);
  expect(settings.sinks[4]).toMatchObject({ to: ['a@b.c', 'd@e.f'], from: 'x@y.z' });
  expect(settings.message).toMatchObject({
    dashboardUrl: 'https://logs.example.net/',
    linkSecret: 'a secret for the links',
  });
  expect(withEnvironment(undefined, {})).toBeUndefined();
  expect(() => withEnvironment(undefined, { LOGHORN_SMTP_URL: 'smtps://S3CRET' })).toThrow(
    /^LOGHORN_SMTP_URL is set and LOGHORN_MAIL_TO is not/,
  );
});
