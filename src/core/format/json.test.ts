import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogRecord } from '../record.js';
import type { ParseContext } from './format.js';
import { createJsonFormat } from './json.js';

const context: ParseContext = { zoneOffsetMinutes: 0, defaultSource: 'app.log' };
const { parse } = createJsonFormat(context);
const timeMs = Date.UTC(2024, 0, 31, 10, 11, 12, 345);
const time = '2024-01-31T10:11:12.345Z';

test.each<[string, object, Partial<LogRecord>]>([
  [
    'flat',
    { ts: time, service: 'orders', level: 'WARNING', msg: 'slow' },
    { source: 'orders', severity: 13, body: 'slow' },
  ],
  [
    'flat without zone',
    { time: time.slice(0, -1), level: 'info', message: 'hi' },
    { severity: 9, body: 'hi' },
  ],
  [
    'pino',
    { level: 50, time: timeMs, pid: 7, hostname: 'h', name: 'api', reqId: 1, msg: 'boom' },
    { source: 'api', severity: 17, body: 'boom' },
  ],
  [
    'bunyan',
    { name: 'myapp', hostname: 'h', pid: 34572, level: 30, msg: 'hi', time, v: 0 },
    { source: 'myapp', severity: 9, body: 'hi' },
  ],
  ['winston', { level: 'http', message: 'GET /', timestamp: time }, { severity: 9, body: 'GET /' }],
  [
    'ECS dotted',
    { '@timestamp': time, 'log.level': 'ERROR', message: 'no', 'service.name': 'pay', 'trace.id': 'abc' },
    { source: 'pay', severity: 17, body: 'no', traceId: 'abc' },
  ],
  [
    'ECS nested',
    {
      '@timestamp': time,
      log: { level: 'error' },
      message: 'no',
      service: { name: 'pay' },
      trace: { id: 'abc' },
    },
    { source: 'pay', severity: 17, body: 'no', traceId: 'abc' },
  ],
  ['zap', { level: 'info', ts: timeMs / 1000, caller: 'a.go:1', msg: 'up' }, { severity: 9, body: 'up' }],
  [
    'Python JSON logger',
    { asctime: '2024-01-31 10:11:12,345', name: 'a.b', levelname: 'CRITICAL', message: 'x' },
    { source: 'app.log', severity: 21, body: 'x' },
  ],
  [
    'structlog',
    { timestamp: time, level: 'debug', event: 'cache miss' },
    { severity: 5, body: 'cache miss' },
  ],
  ['compact log events', { '@t': time, '@mt': 'User {Id}' }, { severity: 9, body: 'User {Id}' }],
  [
    'GELF',
    { version: '1.1', short_message: 'x', level: 3, timestamp: timeMs / 1000 },
    { severity: 17, body: 'x' },
  ],
  [
    'journald',
    { __REALTIME_TIMESTAMP: `${timeMs}000`, PRIORITY: '4', SYSLOG_IDENTIFIER: 'sshd', MESSAGE: 'x' },
    { source: 'sshd', severity: 13, body: 'x' },
  ],
  [
    'fluent-bit on Kubernetes',
    { time, log: 'started', kubernetes: { container_name: 'web' } },
    { source: 'web', severity: 0, body: 'started' },
  ],
  ['a message that is an object', { ts: time, msg: { a: [1] } }, { body: '{"a":[1]}' }],
  ['an empty message', { ts: time, msg: '' }, { body: '' }],
  [
    'an error without message',
    { ts: time, level: 'error', err: { message: 'bad' } },
    { body: 'bad', severity: 17 },
  ],
  ['a service that is a number', { ts: time, service: 7, msg: 'x' }, { source: '7', body: 'x' }],
  ['an empty service', { ts: time, service: '', msg: 'x' }, { body: 'x' }],
])('%s', (_name, object, expected) => {
  expect(parse(JSON.stringify(object))).toEqual({
    eventTimeMs: timeMs,
    source: 'app.log',
    severity: 0,
    attributes: object,
    ...expected,
  });
});

test.each([
  ['', 'not-json'],
  ['hello', 'not-json'],
  ['[1,2]', 'not-json'],
  ['{"a":1', 'not-json'],
  ['{"ts":"2024-01-31T10:11:12Z"}', 'no-message'],
  ['{"msg":"x"}', 'no-timestamp'],
  ['{"msg":"x","ts":null}', 'no-timestamp'],
  ['{"msg":"x","ts":{}}', 'bad-timestamp'],
  ['{"msg":"x","ts":"noon"}', 'bad-timestamp'],
  ['{"msg":"x","ts":1e400}', 'bad-timestamp'],
  ['{"msg":"x","ts":"2024-02-30T10:11:12Z"}', 'bad-timestamp'],
  ['['.repeat(100_000), 'not-json'],
  [`{"a":${'['.repeat(100_000)}`, 'not-json'],
])('%.40s is set aside as %s', (line, reason) => {
  expect(parse(line)).toBe(reason);
});

test('keys and names out of the prototype are names like any other', () => {
  const line = `{"__proto__":{"service":"evil","level":"fatal"},"ts":"${time}","constructor":1,"toString":2,"msg":"x"}`;
  expect(parse(line)).toMatchObject({ source: 'app.log', severity: 0, body: 'x' });
  expect(({} as { service?: string }).service).toBeUndefined();
  for (const name of ['__proto__', 'constructor', 'toString']) {
    expect(parse(`{"ts":"${time}","service":"${name}","level":"${name}","msg":"x"}`)).toMatchObject({
      source: name,
      severity: 0,
    });
  }
});

test('nesting that is too deep to write out again is set aside', () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  expect(parse(`{"ts":"${time}","msg":${deep}}`)).toBe('no-message');
  expect(parse(`{"ts":"${time}","msg":"x","deep":${deep}}`)).toMatchObject({ body: 'x' });
});

test('an OTLP log record, one a line', () => {
  const record = {
    timeUnixNano: `${timeMs}678901`,
    severityNumber: 18,
    severityText: 'Error2',
    body: { stringValue: 'disk full' },
    attributes: [
      { key: 'service.name', value: { stringValue: 'store' } },
      { key: 'disk', value: { intValue: '3' } },
    ],
    traceId: '5b8efff798038103d269b633813fc60c',
  };
  expect(parse(JSON.stringify(record))).toEqual({
    eventTimeMs: timeMs,
    source: 'store',
    severity: 18,
    body: 'disk full',
    traceId: '5b8efff798038103d269b633813fc60c',
    attributes: { 'service.name': 'store', disk: '3' },
  });
});

test('an OTLP export gives all its records, the broken ones as reasons', () => {
  const nanos = `${timeMs}000000`;
  const request = {
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
        scopeLogs: [
          {
            logRecords: [
              { timeUnixNano: nanos, severityText: 'WARN', body: { stringValue: 'one' } },
              {
                timeUnixNano: '0',
                observedTimeUnixNano: nanos,
                severityNumber: 'SEVERITY_NUMBER_INFO2',
                body: {},
              },
              { timeUnixNano: '0', body: { stringValue: 'never' } },
              null,
            ],
          },
        ],
      },
      { scopeLogs: [{ logRecords: [{ timeUnixNano: nanos, body: { kvlistValue: { values: [] } } }] }] },
    ],
  };
  expect(parse(JSON.stringify(request))).toMatchObject([
    { source: 'cart', severity: 13, body: 'one', eventTimeMs: timeMs },
    'no-message',
    'no-timestamp',
    'no-message',
    { source: 'app.log', body: '{}' },
  ]);
  expect(parse('{"resourceLogs":[]}')).toBe('no-message');
  expect(parse('{"resourceLogs":[7,{"scopeLogs":3}]}')).toBe('no-message');
});

test('a Docker line is what the application wrote in it', () => {
  const docker = (log: string): unknown => parse(JSON.stringify({ log, stream: 'stdout', time }));
  expect(docker('{"level":"error","service":"web","msg":"x"}\n')).toMatchObject({
    eventTimeMs: timeMs,
    source: 'web',
    severity: 17,
    body: 'x',
  });
  expect(docker('2024-01-31 12:11:12.345 ERROR [main] c.e.App - x\n')).toMatchObject({
    record: { eventTimeMs: timeMs, severity: 17, body: 'x' },
  });
  expect(docker('level=warn msg="low disk"\n')).toMatchObject({ record: { severity: 13, body: 'low disk' } });
  expect(docker('plain words\r\n')).toMatchObject({
    inner: 'plain words',
    record: { eventTimeMs: timeMs, source: 'app.log', severity: 0, body: 'plain words' },
  });
  expect(docker('\n')).toBe('blank');
});

test('nothing that a line may hold makes it throw', () => {
  const arbKey = fc.constantFrom(
    'ts',
    'time',
    'level',
    'msg',
    'message',
    'service',
    'log',
    'stream',
    'trace',
    'body',
    'timeUnixNano',
    'resourceLogs',
    'err',
    '__proto__',
  );
  const arbLine = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }).map((text) => `{"msg":"${text}"}`),
    fc.dictionary(arbKey, fc.jsonValue()).map((object) => JSON.stringify(object)),
  );
  fc.assert(
    fc.property(arbLine, (line) => {
      const parsed = parse(line);
      expect(['string', 'object']).toContain(typeof parsed);
    }),
    { numRuns: 1000 },
  );
});
