import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTextFormat } from './text.js';

const { parse } = createTextFormat({ zoneOffsetMinutes: 0, referenceYear: 2015, defaultSource: 'app.log' });
const t1 = Date.UTC(2015, 9, 18, 18, 1, 47, 978);
const t0 = Date.UTC(2015, 9, 18, 18, 1, 47);

test.each<[string, number, number, string, object?]>([
  // log4j, Hadoop, ZooKeeper, Kafka
  [
    '2015-10-18 18:01:47,978 INFO [main] org.apache.hadoop.Foo: Created',
    t1,
    9,
    'Created',
    { thread: 'main', logger: 'org.apache.hadoop.Foo' },
  ],
  [
    '2015-10-18 18:01:47,978 [main] WARN  org.apache.Foo - slow: 3 s',
    t1,
    13,
    'slow: 3 s',
    { header: '[main]', logger: 'org.apache.Foo' },
  ],
  [
    '2015-10-18 18:01:47,978 - INFO  [QuorumPeer[myid=1]/0:0:2181:Election@774] - Notification: 3',
    t1,
    9,
    'Notification: 3',
  ],
  [
    '[2015-10-18 18:01:47,978] ERROR Failed to clean up log (kafka.server.LogDir)',
    t1,
    17,
    'Failed to clean up log (kafka.server.LogDir)',
  ],
  [
    '15/10/18 18:01:47 INFO storage.BlockManager: Found block',
    t0,
    9,
    'Found block',
    { logger: 'storage.BlockManager' },
  ],
  ['151018 180147 26 INFO dfs.FSNamesystem: BLOCK* x: y', t0, 9, 'BLOCK* x: y', { header: '26' }],
  // logback, Spring Boot
  ['2015-10-18 18:01:47.978 [http-nio-1] DEBUG c.e.App - hi', t1, 5, 'hi', { logger: 'c.e.App' }],
  [
    '2015-10-18 18:01:47.978  INFO 12345 --- [           main] c.e.DemoApplication  : Started',
    t1,
    9,
    'Started',
    { thread: 'main', logger: 'c.e.DemoApplication' },
  ],
  ['2015-10-18T20:01:47.978+02:00  WARN 1 --- [shop] [main] c.e.App : x', t1, 13, 'x', { logger: 'c.e.App' }],
  // Python
  ['2015-10-18 18:01:47,978 - root.sub - WARNING - low disk', t1, 13, 'low disk', { header: '- root.sub' }],
  ['2015-10-18 18:01:47,978 - app - ERROR - low disk', t1, 17, 'low disk'],
  ['2015-10-18 18:01:47,978 INFO hello world', t1, 9, 'hello world'],
  ['2015-10-18 18:01:47,978 - CRITICAL - stop', t1, 21, 'stop'],
  ['2015-10-18 18:01:47.978 | SUCCESS  | app.main:run:12 - done', t1, 9, 'done'],
  [
    '2015-10-18 18:01:47.978 | WARNING  | app.main:run:12 - done',
    t1,
    13,
    'done',
    { logger: 'app.main:run:12' },
  ],
  ['[2015-10-18 18:01:47 +0000] [123] [INFO] Booting worker', t0, 9, 'Booting worker', { header: '[123]' }],
  [
    '2015-10-18 18:01:47.978 25746 INFO nova.osapi.server [req-1 - -] GET /v2',
    t1,
    9,
    'nova.osapi.server [req-1 - -] GET /v2',
  ],
  // Go, klog, nginx, Apache, databases, .NET, Android
  ['2015/10/18 18:01:47 listening on :8080', t0, 0, 'listening on :8080'],
  ['I1018 18:01:47.978123       1 server.go:12] Starting', t1, 9, 'Starting', { logger: 'server.go:12' }],
  ['2015/10/18 18:01:47 [error] 31#31: *1 open() failed', t0, 17, '31#31: *1 open() failed'],
  ['[Sun Oct 18 18:01:47 2015] [notice] workerEnv.init() ok', t0, 9 + 1, 'workerEnv.init() ok'],
  [
    '[Sun Oct 18 18:01:47.978 2015] [core:error] [pid 7] AH00126: Invalid',
    t1,
    17,
    '[pid 7] AH00126: Invalid',
  ],
  ['2015-10-18 18:01:47.978 UTC [123] LOG:  checkpoint starting', t1, 9, 'checkpoint starting'],
  ['2015-10-18T18:01:47.978123Z 0 [Warning] [MY-010055] [Server] IP', t1, 13, '[MY-010055] [Server] IP'],
  ['2015-10-18 18:01:47.978 +00:00 [INF] Now listening', t1, 9, 'Now listening'],
  ['10-18 18:01:47.978  1702  2395 D WindowManager: printFreezing', t1, 5, 'WindowManager: printFreezing'],
  // what only looks like a header stays in the message
  ['2015-10-18 18:01:47 error while connecting', t0, 0, 'error while connecting'],
  ['2015-10-18 18:01:47 Received ERROR from server', t0, 0, 'Received ERROR from server'],
  ['2015-10-18 18:01:47 INFO [query][Query TripResponse]', t0, 9, '[query][Query TripResponse]'],
  ['2015-10-18 18:01:47 ERROR Timeout: no answer', t0, 17, 'Timeout: no answer'],
  ['2015-10-18 18:01:47', t0, 0, ''],
])('%s', (line, eventTimeMs, severity, body, attributes: object = {}) => {
  expect(parse(line)).toMatchObject({ source: 'app.log', eventTimeMs, severity, body, attributes });
});

test.each([
  ['hello', 'no-pattern-match'],
  ['\tat com.example.App.main(App.java:5)', 'no-pattern-match'],
  ['Caused by: java.io.IOException: reset', 'no-pattern-match'],
  ['2015-13-18 18:01:47 INFO x', 'bad-timestamp'],
  ['2015-10-18', 'no-pattern-match'],
  ['I1318 18:01:47.978123       1 server.go:12] x', 'bad-timestamp'],
])('%s is set aside as %s', (line, reason) => {
  expect(parse(line)).toBe(reason);
});

test('nothing makes it throw, and a megabyte takes no time', () => {
  const heads = [
    '',
    '2015-10-18 18:01:47 ',
    '2015-10-18 18:01:47 INFO ',
    '[2015-10-18 18:01:47] [',
    'I1018 18:01:47.9 1 ',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.stringMatching(/^[\]a:| .[-]{0,40}$/), (head, tail) => {
      parse(head + tail);
    }),
    { numRuns: 500 },
  );
  const startMs = performance.now();
  for (const head of heads) {
    for (const part of ['[', ']', ' ', '-', 'a.', '[a] ', '| ', ': ', '- ', 'INFO ', '1']) {
      parse(head + part.repeat(1_000_000 / part.length));
    }
  }
  expect(performance.now() - startMs).toBeLessThan(15_000);
});
