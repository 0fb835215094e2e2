import { expect, onTestFinished, test } from 'vitest';
import { serveHttp } from '../adapters/dashboard-http.js';
import { createTestDashboard, openedAt, T0, windowsOf } from './dashboard.testkit.js';

const READ = { name: 'ben', role: 'read', token: 'read-0123456789abcdef' } as const;
const WRITE = { name: 'anna', role: 'write', token: 'write-0123456789abcdef' } as const;
const bearer = ({ token }: { readonly token: string }) => ({ authorization: `Bearer ${token}` });
const NOTE = { action: { type: 'acknowledged' }, who: 'kim' };
const SILENCE = { match: { source: 'api' }, untilMs: T0 + 7_200_000, reason: 'disk swap', who: 'kim' };

async function withAlert(options: Parameters<typeof createTestDashboard>[0] = {}) {
  const dashboard = await createTestDashboard(options);
  await dashboard.commit({ windows: windowsOf('api', [0.1, 0.95]), alerts: [openedAt('api', 1)] });
  return dashboard;
}

const statusOf = async (response: Promise<Response>): Promise<number> => (await response).status;
const errorOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: string }).error;

test('a request by a name that is not ours gets nothing, whatever it asks for', async () => {
  const { get } = await withAlert();

  for (const path of ['/', '/api/status', '/assets/style.css', '/login', '/livez'])
    expect(await statusOf(get(path, { host: 'rebound.example' }))).toBe(421);
});

test('every answer tells the browser to refuse what is not ours', async () => {
  const { get } = await withAlert();

  for (const path of ['/', '/api/status', '/nowhere', '/api/swimlane?from=x']) {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('without tokens anybody on this machine reads and writes, under the name that they give', async () => {
  const { get, post } = await withAlert();

  const note = await post('/api/alerts/alert-api-1/notes', NOTE);

  expect(note.status).toBe(201);
  expect(await note.json()).toMatchObject({ who: 'kim', action: NOTE.action, alertId: 'alert-api-1' });
  expect(await (await get('/api/alerts/alert-api-1')).json()).toMatchObject({ state: 'acknowledged' });
});

test.each([
  ['without the page’s token', { 'x-loghorn-csrf': '' }],
  ['with another token', { 'x-loghorn-csrf': 'A'.repeat(24) }],
  ['from another origin', { origin: 'http://evil.example' }],
  ['from another port', { origin: 'http://127.0.0.1:9999' }],
  ['from no origin that can be named', { origin: 'null' }],
])('a change %s is refused', async (_, headers) => {
  const { post } = await withAlert();

  expect(await statusOf(post('/api/alerts/alert-api-1/notes', NOTE, headers))).toBe(403);
  expect(await statusOf(post('/api/silences', SILENCE, headers))).toBe(403);
  expect(await statusOf(post('/api/markers', { text: 'x' }, headers))).toBe(403);
});

test('a form of another page, which can send no JSON, changes nothing', async () => {
  const { app, get } = await withAlert();
  const { csrfToken } = (await (await get('/api/status')).json()) as { csrfToken: string };
  const response = await app.request('/api/silences', {
    method: 'POST',
    headers: { host: 'localhost', 'content-type': 'text/plain', 'x-loghorn-csrf': csrfToken },
    body: JSON.stringify(SILENCE),
  });

  expect(response.status).toBe(400);
});

test('with tokens nothing is told to whoever has none', async () => {
  const { get, post } = await withAlert({ tokens: [READ, WRITE] });

  for (const path of ['/api/status', '/api/events', '/api/alerts/alert-api-1', '/api/nowhere'])
    expect(await statusOf(get(path))).toBe(401);
  expect(await statusOf(post('/api/silences', SILENCE))).toBe(401);
  expect(await statusOf(get('/api/status', { authorization: 'Bearer wrong-0123456789abcdef' }))).toBe(401);
  const page = await get('/?view=health');
  expect([page.status, page.headers.get('location')]).toEqual([303, '/login?next=%2F%3Fview%3Dhealth']);
});

test('a token may do what its role allows, under its own name', async () => {
  const { get, post } = await withAlert({ tokens: [READ, WRITE] });

  expect(await (await get('/api/status', bearer(READ))).json()).toMatchObject({
    who: { name: 'ben', mayWrite: false },
    csrfToken: '',
  });
  expect(await statusOf(post('/api/silences', SILENCE, bearer(READ)))).toBe(403);
  const silence = await post('/api/silences', SILENCE, bearer(WRITE));
  expect(await silence.json()).toMatchObject({ who: 'anna' });
});

test('a login gives a cookie that no script reads and no other site sends; it needs the page’s token', async () => {
  const { app, get } = await withAlert({ tokens: [READ, WRITE], publicUrl: 'https://logs.example.org' });
  const host = 'logs.example.org';
  const origin = 'https://logs.example.org';
  const logIn = (token: string) =>
    app.request('/login', {
      method: 'POST',
      headers: { host, origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token, next: '/?view=health' }),
    });

  const wrong = await logIn('guess-0123456789abcdef');
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
  const response = await logIn(WRITE.token);
  const cookie = response.headers.get('set-cookie')!;
  expect([response.status, response.headers.get('location')]).toEqual([303, '/?view=health']);
  expect(cookie).toMatch(/^__Host-loghorn=.*; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
  expect(cookie).not.toContain(WRITE.token);

  const session = { host, cookie: cookie.split(';')[0]! };
  const status = (await (await get('/api/status', session)).json()) as { csrfToken: string };
  const post = (csrf: string) =>
    app.request('/api/silences', {
      method: 'POST',
      headers: { ...session, origin, 'content-type': 'application/json', 'x-loghorn-csrf': csrf },
      body: JSON.stringify(SILENCE),
    });
  expect(await statusOf(Promise.resolve(post('')))).toBe(403);
  expect(await statusOf(Promise.resolve(post(status.csrfToken)))).toBe(201);
  await app.request('/logout', { method: 'POST', headers: { ...session, origin } });
  expect(await statusOf(get('/api/status', session))).toBe(401);
});

test('after a login nobody is led to another site', async () => {
  const { app } = await withAlert({ tokens: [WRITE] });
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/?a\r\nb: c']) {
    const response = await app.request('/login', {
      method: 'POST',
      headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: WRITE.token, next }),
    });
    expect(response.headers.get('location')).toBe('/');
  }
});

test('tokens cannot be guessed in a row: by the form or by the header', async () => {
  const limits = {
    assets: { burst: 1000, perSecond: 1 },
    reads: { burst: 1000, perSecond: 1 },
    writes: { burst: 1000, perSecond: 1 },
    logins: { burst: 3, perSecond: 0.1 },
  };
  const { get } = await withAlert({ tokens: [WRITE], limits });
  const guess = async (n: number): Promise<Response> =>
    get('/api/status', bearer({ token: `guess-${n}-0123456789` }));

  const answers = [await guess(1), await guess(2), await guess(3), await guess(4)];

  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(answers[3]!.headers.get('retry-after')).toBe('10');
  expect(await statusOf(get('/api/status', bearer(WRITE)))).toBe(200);
});

test('who asks too often waits, and is told how long', async () => {
  const limit = { burst: 2, perSecond: 0.5 };
  const { get, clock } = await withAlert({
    limits: { assets: { ...limit, burst: 4 }, reads: limit, writes: limit, logins: limit },
  });
  // the page's files do not count against it
  for (let n = 0; n < 4; n++) expect(await statusOf(get('/assets/style.css'))).toBe(404);
  expect(await statusOf(get('/assets/style.css'))).toBe(429);
  const answers = [await get('/livez'), await get('/livez'), await get('/livez')];

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[2]!.headers.get('retry-after')).toBe('2');
  clock.set(clock.nowMs() + 2000);
  expect(await statusOf(get('/livez'))).toBe(200);
});

test('a body without end is not read', async () => {
  const { post } = await withAlert();

  const response = await post('/api/silences', { ...SILENCE, reason: 'x'.repeat(70_000) });

  expect(response.status).toBe(413);
});

test.each([
  ['/api/swimlane', /from is missing/],
  ['/api/swimlane?from=1e3&to=5', /from is '1e3'/],
  ['/api/swimlane?from=5&to=5', /must lie before/],
  ['/api/swimlane?from=0&to=99999999999999', /more than 400 days/],
  ['/api/swimlane?from=0&to=10&bucket=-1', /bucket is -1/],
  ['/api/incidents?from=0&to=10&state=open', /one or more of firing/],
  ['/api/incidents?from=0&to=10&limit=100000', /from 1 to 200/],
  ["/api/templates?from=0&to=10&sort=count';DROP", /one of count, share/],
  ['/api/model/preview?from=0&to=10&threshold=2', /number from 0 to 1/],
  [`/api/incidents?from=0&to=10&q=${'x'.repeat(600)}`, /600 characters/],
])('%s is refused with a sentence', async (path, sentence) => {
  const { get } = await withAlert();

  const response = await get(path);

  expect(response.status).toBe(400);
  expect(await errorOf(response)).toMatch(sentence);
});

test.each([
  [{ ...SILENCE, match: {} }, /not everything/],
  [{ ...SILENCE, untilMs: T0 }, /untilMs must lie after now/],
  [{ ...SILENCE, untilMs: 1e15 }, /400 days/],
  [{ ...SILENCE, reason: '  ' }, /reason has 0 characters/],
  [{ ...SILENCE, who: undefined }, /who must be a text/],
  [{ ...SILENCE, who: 'x'.repeat(201) }, /who has 201/],
  [{ ...SILENCE, cause: 'whim' }, /one of silence, maintenance/],
  [{ ...SILENCE, match: { source: 7 } }, /source must be a text/],
  ['text', /must be a JSON object/],
])('the silence %j is refused with a sentence', async (body, sentence) => {
  const { post } = await withAlert();

  const response = await post('/api/silences', body);

  expect(response.status).toBe(400);
  expect(await errorOf(response)).toMatch(sentence);
});

test('what fails inside is told to whoever runs it, and to nobody else', async () => {
  const { get, data, warnings } = await withAlert();
  data.reader.alert = async () => {
    throw new Error('secret inside\nof the store');
  };

  const response = await get('/api/alerts/alert-api-1');
  const text = await response.text();

  expect(response.status).toBe(500);
  expect(text).not.toMatch(/secret|at .*\.ts|node_modules/);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('secret inside\\nof the store');
  expect(text).toContain(/error (\S+) at/.exec(warnings[0]!)![1]);
});

test('what is not there is answered in a sentence', async () => {
  const { get, post } = await withAlert();

  for (const path of ['/api/alerts/none', '/api/nothing', '/assets/main.js', '/.env'])
    expect(await statusOf(get(path))).toBe(404);
  expect(await statusOf(post('/api/alerts/none/notes', NOTE))).toBe(404);
  expect(await statusOf(post('/api/silences/999/lift', { who: 'kim' }))).toBe(404);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])(
  'a %s that does not say how long its body is gets an answer, too',
  async (method) => {
    const { app } = await withAlert();
    const server = await serveHttp((request, client) => app.fetch(request, client), {
      host: '127.0.0.1',
      port: 0,
      isBehindProxy: false,
    });
    onTestFinished(() => server.close());
    const body = new Blob(['{"text":"x"}']).stream();
    const init: RequestInit & { duplex: 'half' } = { method, body, duplex: 'half' };
    const response = await fetch(`http://127.0.0.1:${server.port}/api/markers`, init);

    expect(await errorOf(response)).toContain('x-loghorn-csrf');
    expect(response.status).toBe(403);
  },
);
