import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMiner } from '../template/miner.js';
import { createAccessFormat } from './access.js';
import { createRecordReader } from './reader.js';

const { parse } = createAccessFormat({ zoneOffsetMinutes: 0, defaultSource: 'access' });
const tenMs = Date.UTC(2026, 10, 23, 10);
const agent = 'Mozilla/5.0 (X11; Linux x86_64)';
const combined = (request: string, status: number | string, bytes: number | string = 512): string =>
  `203.0.113.9 - - [23/Nov/2026:10:00:00 +0000] "${request}" ${status} ${bytes} "-" "${agent}"`;

test.each<[string, string, object]>([
  [
    'Apache common',
    '203.0.113.9 - frank [23/Nov/2026:11:00:00 +0100] "GET /a.gif HTTP/1.0" 200 2326',
    { client: '203.0.113.9', user: 'frank', bytes: '2326' },
  ],
  [
    'combined',
    combined('GET /a.gif HTTP/2.0', 200),
    { request: 'GET /a.gif HTTP/2.0', status: '200', bytes: '512', referrer: '-', agent },
  ],
  [
    'Apache with the virtual host first',
    `shop.example.com:443 ${combined('GET /a.gif HTTP/1.1', 200)}`,
    { host: 'shop.example.com:443', client: '203.0.113.9', agent },
  ],
  [
    'the time that the request took last',
    `${combined('GET /a.gif HTTP/1.1', 200)} 0.043`,
    { agent, rest: '0.043' },
  ],
  [
    'ingress-nginx',
    `${combined('GET /a.gif HTTP/1.1', 200)} 421 0.004 [shop-web-80] [] 10.0.0.7:80 512 0.004 200 f00d`,
    { agent, rest: '421 0.004 [shop-web-80] [] 10.0.0.7:80 512 0.004 200 f00d' },
  ],
  [
    'Traefik',
    `${combined('GET /a.gif HTTP/1.1', 200)} 7 "web@docker" "http://10.0.0.7:80" 3ms`,
    { agent, rest: '7 "web@docker" "http://10.0.0.7:80" 3ms' },
  ],
  [
    'an IPv6 client, and a user with a blank in the name',
    '2001:db8::1 - Ann Lee [23/Nov/2026:10:00:00 +0000] "GET /a.gif HTTP/1.1" 200 -',
    { client: '2001:db8::1', user: 'Ann Lee', bytes: '-' },
  ],
  [
    'a client behind proxies',
    '10.0.0.1, 10.0.0.2 - - [23/Nov/2026:10:00:00 +0000] "GET /a.gif HTTP/1.1" 200 5',
    { client: '10.0.0.1,10.0.0.2' },
  ],
  [
    'escapes of nginx in the agent',
    combined('GET /a.gif HTTP/1.1', 200).replace(agent, String.raw`say \x22hi\x22 \xC3`),
    { agent: String.raw`say "hi" \xC3` },
  ],
  [
    'escapes of Apache, and a status inside of the request',
    combined(String.raw`GET /a.gif?q=\" 200 5 HTTP/1.1`, 200).replace(agent, String.raw`say \"hi\" 500`),
    { request: 'GET /a.gif?q=" 200 5 HTTP/1.1', status: '200', agent: 'say "hi" 500' },
  ],
])('%s is read', (_name, line, attributes) => {
  expect(parse(line)).toMatchObject({
    eventTimeMs: tenMs,
    source: 'access',
    severity: 9,
    body: 'GET /a.gif -> OK http200',
    attributes,
  });
});

test.each<[string, number | string, number, string]>([
  ['GET / HTTP/1.1', 200, 9, 'GET / -> OK http200'],
  ['POST /api/v1/orders HTTP/1.1', 201, 9, 'POST / api / v1 / orders -> CREATED http201'],
  ['GET /orders/42/?a=1&b=[2] HTTP/1.1', 304, 9, 'GET / orders / 42 -> cached NOT_MODIFIED http304'],
  ['GET /login HTTP/1.1', 302, 9, 'GET / login -> redirect FOUND http302'],
  ['PUT /orders/42 HTTP/1.1', 409, 13, 'PUT / orders / 42 -> client error CONFLICT http409'],
  ['GET /orders/42 HTTP/1.1', 502, 17, 'GET / orders / 42 -> server error: BAD_GATEWAY http502'],
  ['GET /orders/42 HTTP/1.1', 599, 17, 'GET / orders / 42 -> server error: OTHER http599'],
  ['GET /orders/42 HTTP/1.1', '000', 13, 'GET / orders / 42 -> no answer given'],
  // what is not there has no shape
  ['GET /wp/x(1).php HTTP/1.1', 404, 13, 'GET /wp/x%281%29.php -> client error NOT_FOUND http404'],
  ['GET /a/../../etc/passwd HTTP/1.1', 200, 9, 'GET / a / %2E. / %2E. / etc / passwd -> OK http200'],
  ['GET /map/52.1,4.5;z=3 HTTP/1.1', 200, 9, 'GET / map / 52.1%2C4.5%3Bz%3D3 -> OK http200'],
  ['GET http://probe.example/a?b HTTP/1.1', 200, 9, 'GET / a -> OK http200'],
  [
    'CONNECT probe.example:443 HTTP/1.1',
    405,
    13,
    'CONNECT /probe.example%3A443 -> client error METHOD_NOT_ALLOWED http405',
  ],
  ['OPTIONS * HTTP/1.0', 200, 9, 'OPTIONS * -> OK http200'],
  ['GET /old', 200, 9, 'GET / old -> OK http200'],
  // nothing, and what is no HTTP: the first bytes of TLS on a plain port, any word for a method
  ['-', 408, 13, 'no request -> client error REQUEST_TIMEOUT http408'],
  ['', 400, 13, 'no request -> client error BAD_REQUEST http400'],
  [String.raw`\x16\x03\x01\x02\x00\x01`, 400, 13, 'malformed request -> client error BAD_REQUEST http400'],
  ['XYZZY / HTTP/1.1', 400, 13, 'malformed request -> client error BAD_REQUEST http400'],
])('"%s" %s', (request, status, severity, body) => {
  expect(parse(combined(request, status))).toMatchObject({ severity, body });
});

test.each([
  ['203.0.113.9 - - [23/Nov/2026:10:00:00 +0000] no request at all', 'no-pattern-match'],
  ['203.0.113.9 - - [23/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1', 'no-pattern-match'],
  ['203.0.113.9 [23/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', 'no-pattern-match'],
  ['203.0.113.9 - - [31/Feb/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', 'bad-timestamp'],
  ['2026-11-23 10:00:00 INFO [main] "GET / HTTP/1.1" 200 5', 'no-pattern-match'],
  ['it says 203.0.113.9 - - [23/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', 'no-pattern-match'],
  ['hello', 'no-pattern-match'],
])('%s is set aside as %s', (line, reason) => {
  expect(parse(line)).toBe(reason);
});

const arbSegment = fc.oneof(
  fc.constantFrom('api', 'v1', 'orders', 'users', 'me', '42', 'a b', '..', 'x=1', 'a,b', '"', '%2F', 'ü'),
  fc.string({ maxLength: 200 }),
);
const arbRequest = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.array(arbSegment, { maxLength: 14 }).map((all) => `GET /${all.join('/')} HTTP/1.1`),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);
/** As nginx writes what it was sent. */
const escaped = (text: string): string =>
  text.replace(/[^\x20-\x7e]|["\\]/g, (char) =>
    [...Buffer.from(char)].map((byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

test('whatever is asked for, the line is read and the message ends in its status', () => {
  fc.assert(
    fc.property(arbRequest, fc.constantFrom(200, 301, 404, 500), (request, status) => {
      const record = parse(combined(escaped(request), status));

      expect(record).toMatchObject({ attributes: { status: `${status}`, agent } });
      const { body } = record as { readonly body: string };
      expect(body).toMatch(new RegExp(` -> .*http${status}$`));
      expect(body.slice(0, body.indexOf(' -> '))).not.toMatch(/[\n"?[\]{}()<>|!`',;:=]/);
      expect(body.length).toBeLessThan(2000);
    }),
  );
});

test('nothing makes it throw, and a megabyte takes no time', () => {
  const head = '203.0.113.9 - - [23/Nov/2026:10:00:00 +0000] "';
  const startMs = performance.now();
  for (const part of ['"', '\\', '" 200', '[', ' [', 'a ', '" 200 "', '\\x22', '/', '" 200 5 "\\'])
    for (const start of ['', head, `${head}GET / HTTP/1.1" 200 5 "`])
      parse(start + part.repeat(1_000_000 / part.length));
  expect(performance.now() - startMs).toBeLessThan(15_000);
});

test('clients, referrers, agents, ids and scanned paths make no templates; method, path and status do', () => {
  const miner = createMiner('shape');
  for (let n = 0; n < 3000; n++) {
    const id = (n * 7919) % 9973;
    const request = [
      `GET /api/orders/${id}?page=${n} HTTP/1.1`,
      `GET /api/orders/${id}?sort=${'abcdefgh'[n % 8]}&desc HTTP/1.1`,
      `POST /api/orders HTTP/1.1`,
      `GET /static/${'abcdefgh'[n % 8]}/x-${id}.css?v=${n} HTTP/1.1`,
      `GET /${'abcdefgh'[n % 8]}x/${'klmnop'[n % 6]}y/wp-${'qrst'[n % 4]}.php HTTP/1.1`,
    ][n % 5]!;
    const status = n % 5 === 4 ? 404 : n % 97 === 0 ? 503 : 200;
    const line = `203.0.${n % 256}.${id % 256} - - [23/Nov/2026:10:00:00 +0000] "${request}" ${status} ${id} "https://${'abcdefgh'[n % 8]}.example/${id}" "bot/${n}"`;
    const record = parse(line);
    if (typeof record !== 'object' || !('body' in record)) throw new Error(`not read: ${line}`);
    miner.learn(record.body, record.source);
  }

  expect(
    miner
      .freeze()
      .templates.map(({ text }) => text)
      .sort(),
  ).toEqual([
    'GET / api / orders / <*> -> OK http200',
    'GET / api / orders / <*> -> server error: SERVICE_UNAVAILABLE http503',
    'GET <*> -> OK http200',
    'GET <*> -> client error NOT_FOUND http404',
    'GET <*> -> server error: SERVICE_UNAVAILABLE http503',
    'POST / api / orders -> OK http200',
    'POST / api / orders -> server error: SERVICE_UNAVAILABLE http503',
  ]);
});

test('an access log is found by looking', () => {
  const reader = createRecordReader({ defaultSource: 'access' });
  const bodies: string[] = [];
  const lines = ['GET / HTTP/1.1', '-', 'GET /a HTTP/1.1'].map((request) => combined(request, 400));
  lines.forEach((text, i) =>
    reader.push({ text, number: i + 1, endOffsetBytes: 0, isTooLong: false }, (read) =>
      bodies.push(read.ok ? read.record.body : read.reason),
    ),
  );
  reader.flush((read) => bodies.push(read.ok ? read.record.body : read.reason));

  expect(reader.format()).toBe('access');
  expect(bodies).toHaveLength(3);
});
