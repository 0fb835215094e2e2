// Access logs that come inside of something else: a container's lines, syslog, JSON.
import { expect, test } from 'vitest';
import type { ParsedLine } from './format.js';
import { createCriFormat } from './container.js';
import { createJsonFormat } from './json.js';
import { createSyslogFormat } from './syslog.js';

const context = { zoneOffsetMinutes: 0, referenceYear: 2026, defaultSource: 'web' };
const json = (object: object): ParsedLine => createJsonFormat(context).parse(JSON.stringify(object));
const syslog = (text: string): ParsedLine => createSyslogFormat(context).parse(text);
const tenMs = Date.UTC(2026, 10, 23, 10);
const line = '203.0.113.9 - - [23/Nov/2026:09:59:59 +0000] "GET /orders/42 HTTP/1.1" 502 5 "-" "curl/8.5.0"';
const failed = { severity: 17, body: 'GET / orders / 42 -> server error: BAD_GATEWAY http502' };

test('access lines in container logs take the time of the container', () => {
  const record = { ...failed, source: 'web', eventTimeMs: tenMs };

  expect(json({ log: `${line}\n`, stream: 'stdout', time: '2026-11-23T10:00:00Z' })).toMatchObject({
    record,
  });
  expect(createCriFormat(context).parse(`2026-11-23T10:00:00Z stdout F ${line}`)).toMatchObject({ record });
});

test('access lines in syslog messages take its time and source, and lose no field of either', () => {
  expect(syslog(`<190>Nov 23 10:00:00 edge nginx: ${line}`)).toMatchObject({
    ...failed,
    source: 'nginx',
    eventTimeMs: tenMs,
    attributes: { host: 'edge', client: '203.0.113.9', agent: 'curl/8.5.0' },
  });
});

test.each<[string, string, object]>([
  [
    'a request',
    '203.0.113.9:33317 [23/Nov/2026:09:59:59.655] web~ shop/srv1 10/0/30/69/109 502 2750 - - SH-- 1/1/1/1/0 0/0 {agent|ref} {} "GET /orders/42 HTTP/1.1"',
    {
      ...failed,
      attributes: {
        frontend: 'web~',
        backend: 'shop/srv1',
        termination: 'SH--',
        client: '203.0.113.9:33317',
      },
    },
  ],
  [
    'a client that left',
    '2001:db8::1:33317 [23/Nov/2026:09:59:59.655] web shop/srv1 10/0/-1/-1/+109 -1 +0 - - CC-- 1/1/1/1/+3 0/0 "GET /orders/42 HTTP/1.1"',
    { severity: 13, body: 'GET / orders / 42 -> no answer given' },
  ],
  [
    'what is no HTTP',
    '203.0.113.9:33317 [23/Nov/2026:09:59:59.655] web web/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 1/1/0/0/0 0/0 "<BADREQ>"',
    { severity: 13, body: 'malformed request -> client error BAD_REQUEST http400' },
  ],
])('HAProxy writes %s', (_name, message, wanted) => {
  expect(syslog(`<134>Nov 23 10:00:00 edge haproxy[7]: ${message}`)).toMatchObject({
    source: 'haproxy',
    eventTimeMs: tenMs,
    ...wanted,
  });
});

test('other messages of syslog stay as they are', () => {
  const body = 'Proxy shop started with "1"';

  expect(syslog(`<134>Nov 23 10:00:00 edge haproxy[7]: ${body}`)).toMatchObject({ body, severity: 9 });
});

test.each<[string, object]>([
  [
    'Caddy',
    {
      level: 'error',
      ts: 1795428000.25,
      logger: 'http.log.access.log0',
      msg: 'handled request',
      request: {
        remote_ip: '203.0.113.9',
        proto: 'HTTP/2.0',
        method: 'GET',
        host: 'shop',
        uri: '/orders/42?a=1',
      },
      duration: 0.0009,
      size: 5,
      status: 502,
    },
  ],
  [
    'Traefik',
    {
      DownstreamStatus: 502,
      RequestMethod: 'GET',
      RequestPath: '/orders/42',
      level: 'info',
      msg: '',
      time: '2026-11-23T10:00:00.25Z',
    },
  ],
  [
    'nginx, its request whole',
    { time_iso8601: '2026-11-23T10:00:00.25+00:00', request: 'GET /orders/42 HTTP/1.1', status: '502' },
  ],
  [
    'nginx, its request in parts',
    {
      '@timestamp': '2026-11-23T10:00:00.25Z',
      request_method: 'GET',
      request_uri: '/orders/42',
      status: 502,
    },
  ],
])('JSON of %s', (_name, object) => {
  expect(json(object)).toMatchObject({
    ...failed,
    eventTimeMs: tenMs + 250,
    source: 'web',
    attributes: object,
  });
});

test('a message that says something stays the message, whatever request is beside it', () => {
  const object = {
    time: '2026-11-23T10:00:00Z',
    level: 'info',
    request: { method: 'GET', uri: '/a' },
    status: 500,
  };

  expect(json({ ...object, msg: 'request completed' })).toMatchObject({
    severity: 9,
    body: 'request completed',
  });
  expect(json({ ...object, status: 'pending' })).toBe('no-message');
  expect(json({ ...object, request: 7 })).toBe('no-message');
});
