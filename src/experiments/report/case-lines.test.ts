import { expect, test } from 'vitest';
import type { LogRecord } from '../../core/record.js';
import { createLineCollector } from './case-lines.js';

function record(eventTimeMs: number, severity: number, body: string, source = 'api'): LogRecord {
  return { eventTimeMs, source, severity, body };
}

test('a span takes the lines of its own source and time, the severe ones whatever their number', () => {
  const collector = createLineCollector([{ source: 'api', startMs: 1000, endMs: 2000 }]);
  for (let i = 0; i < 30; i++) collector.add(record(1000 + i, 9, `fine ${i}`), 'a.log');
  collector.add(record(1999, 17, 'broken'), 'a.log');
  collector.add(record(2000, 17, 'after'), 'a.log');
  collector.add(record(1500, 17, 'elsewhere', 'db'), 'a.log');

  const [taken] = collector.lines();

  expect(taken!.total).toBe(31);
  expect(taken!.lines).toHaveLength(12);
  expect(taken!.lines.at(-1)!.text).toBe('broken');
  expect(taken!.lines[0]!.text).toBe('fine 0');
});

test('a span over all sources takes every line, one of a file only that file’s', () => {
  const span = { startMs: 0, endMs: 10 };
  const collector = createLineCollector([
    { ...span, source: '*' },
    { ...span, source: 'api', file: 'b.log' },
  ]);
  collector.add(record(1, 9, 'one', 'db'), 'a.log');
  collector.add(record(2, 9, 'two', 'api'), 'b.log');

  expect(collector.lines().map(({ lines }) => lines.map(({ text }) => text))).toEqual([
    ['one', 'two'],
    ['two'],
  ]);
});

test('a long message is cut', () => {
  const collector = createLineCollector([{ source: 'api', startMs: 0, endMs: 10 }]);
  collector.add(record(1, 9, 'x'.repeat(100_000)), 'a.log');

  expect(collector.lines()[0]!.lines[0]!.text).toHaveLength(601);
});

test('access-log lines and missing severities are counted', () => {
  const collector = createLineCollector([]);
  collector.add(record(1, 0, '10.0.0.1 - - "GET /a?b=1 HTTP/1.1" 200 17'), 'a.log');
  collector.add(record(2, 9, 'GET ready'), 'a.log');

  expect(collector.facts()).toEqual({ records: 2, withoutSeverity: 1, looked: 2, accessLike: 1 });
});
