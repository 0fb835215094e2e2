import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Read } from '../record.js';
import { createRecordReader, type ReaderOptions, type ReaderState } from './reader.js';

function readAll(texts: readonly string[], options: Partial<ReaderOptions> = {}): readonly unknown[] {
  const reads: Read[] = [];
  const emit = (read: Read): void => void reads.push(read);
  let reader = createRecordReader({ defaultSource: 'app', ...options });
  texts.forEach((text, i) => {
    reader.push({ text, number: i + 1, endOffsetBytes: 0, isTooLong: false }, emit);
    // as if it had been stopped behind every line
    const state = JSON.parse(JSON.stringify(reader.snapshot())) as ReaderState;
    reader = createRecordReader({ defaultSource: 'app', ...options }, state);
  });
  reader.flush(emit);
  return reads.map((read) => [read.ok ? read.record.body : read.reason, read.lines]);
}

const text = (msg: string): string => `2026-11-23 10:00:00,123 INFO [main] c.e.App: ${msg}`;
const json = (msg: string): string => JSON.stringify({ time: '2026-11-23T10:00:01Z', level: 'info', msg });
const logfmt = (msg: string): string => `ts=2026-11-23T10:00:00Z level=info msg="${msg}"`;
const syslog = (msg: string): string => `Nov 23 10:00:00 host app[7]: ${msg}`;
const docker = (msg: string): string =>
  JSON.stringify({ log: `${msg}\n`, stream: 'stdout', time: '2026-11-23T10:00:01Z' });
const access = (path: string): string =>
  `203.0.113.9 - - [23/Nov/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 5`;
const trace = ['java.lang.Error: x', '\tat a.b(C.java:1)'];

test.each([
  ['text', text],
  ['logfmt', logfmt],
  ['syslog', syslog],
])('JSON lines behind a %s log are records of their own, each with its trace', (_name, write) => {
  const old = ['one', 'two', 'three'].map(write);

  expect(readAll([...old, json('four'), ...trace, docker('five'), write('six')])).toEqual([
    ['one', 1],
    ['two', 1],
    ['three', 1],
    [`four\n${trace.join('\n')}`, 3],
    ['five', 1],
    ['six', 1],
  ]);
});

test('with a pattern of the user, too', () => {
  const reads = readAll(['2026-11-23 10:00:00 one', json('two')], { pattern: '<Date> <Time> <Content>' });

  expect(reads).toEqual([
    ['one', 1],
    ['two', 1],
  ]);
});

test.each([
  ['without a time', '{"code":"E_POOL","msg":"pool is closed"}'],
  ['with a time that is none', '{"time":"soon","msg":"pool is closed"}'],
  ['without a message', '{"time":"2026-11-23T10:00:01Z"}'],
  ['that is broken off', '{"time":"2026-11-23T10:00:01Z","msg":"pool is'],
  ['that is indented', `  ${json('pool is closed')}`],
])('JSON %s goes on with the record before it', (_name, line) => {
  const lines = [text('one'), 'Error: pool is closed', line, '    at Pool.take (/app/pool.js:88:7)'];

  expect(readAll([...lines, text('two'), text('three')])).toEqual([
    [['one', ...lines.slice(1)].join('\n'), 4],
    ['two', 1],
    ['three', 1],
  ]);
});

test('what a server writes beside its access log is read, and access lines among its text', () => {
  const error = '2026/11/23 10:00:00 [error] 31#31: *1 open() failed';
  expect(readAll([access('/a'), access('/b'), error, access('/c')])).toEqual([
    ['GET / a -> OK http200', 1],
    ['GET / b -> OK http200', 1],
    ['31#31: *1 open() failed', 1],
    ['GET / c -> OK http200', 1],
  ]);
  expect(readAll([text('one'), text('two'), access('/a'), text('three')])).toEqual([
    ['one', 1],
    ['two', 1],
    ['GET / a -> OK http200', 1],
    ['three', 1],
  ]);
});

test('in message format a line is a message, whatever it holds', () => {
  expect(readAll([json('one')], { format: 'message' })).toEqual([[json('one'), 1]]);
});

test('wherever the log changes its format, no record is lost', () => {
  const arbMessages = fc.array(fc.constantFrom('started', 'user 42 logged in', 'cache is cold'), {
    minLength: 3,
    maxLength: 40,
  });
  const arbFormat = fc.constantFrom(
    ['text', text] as const,
    ['logfmt', logfmt] as const,
    ['syslog', syslog] as const,
    ['access', access] as const,
  );
  fc.assert(
    fc.property(arbMessages, arbMessages, arbFormat, (before, after, [format, write]) => {
      const reads = readAll([...before.map(write), ...after.map(json)], { format });

      expect(reads).toHaveLength(before.length + after.length);
      expect(reads.slice(before.length)).toEqual(after.map((message) => [message, 1]));
    }),
    { numRuns: 30 },
  );
});
