import { expect, test } from 'vitest';
import type { LogRecord } from '../../core/record.js';
import type { Label } from '../labels.js';
import type { ExploredLog } from './explored-log.js';
import { fakeLabel } from './fake-table.testkit.js';
import { tellingLine } from './telling-lines.js';

const MINUTE_MS = 60_000;
/** Ten minutes, three hours after the start of the log. */
const label: Label = {
  ...fakeLabel('some-kind', 'api', 0, 1),
  startMs: 180 * MINUTE_MS,
  endMs: 190 * MINUTE_MS,
};

/** Bodies by minute; numbers are what tells the records of a template apart. */
function logOf(lines: readonly (readonly [minute: number, body: string])[]): ExploredLog {
  const texts = [...new Set(lines.map(([, body]) => body.replaceAll(/\d+/g, '<*>')))];
  const records = lines
    .map(([minute, body]): LogRecord => ({
      eventTimeMs: minute * MINUTE_MS,
      source: 'api',
      severity: 9,
      body,
    }))
    .sort((a, b) => a.eventTimeMs - b.eventTimeMs);
  return {
    records,
    templates: texts.map((text) => ({ id: text, text, count: 1 })),
    templateOf: Int32Array.from(records, ({ body }) => texts.indexOf(body.replaceAll(/\d+/g, '<*>'))),
    sources: ['api'],
  };
}

/** One a minute, all the time unless told until when. */
const heartbeat = (untilMinute = 200): readonly (readonly [number, string])[] =>
  Array.from(
    { length: untilMinute },
    (_, minute) => [minute, `health ok in ${20 + (minute % 3)} ms`] as const,
  );

const burst = (body: string, count: number): readonly (readonly [number, string])[] =>
  Array.from({ length: count }, (_, i) => [181 + i / 10, body] as const);

test('a line that the service never wrote before is new', () => {
  const log = logOf([...heartbeat(), ...burst('disk full', 5)]);

  expect(tellingLine(log, label, [label])).toEqual({
    kind: 'some-kind',
    service: 'api',
    change: 'new',
    usual: 0,
    during: 5,
    line: 'disk full',
  });
});

test('a line that came before comes more often', () => {
  const log = logOf([...heartbeat(), [3, 'cache cleared'], ...burst('cache cleared', 5)]);

  expect(tellingLine(log, label, [label])).toMatchObject({ change: 'more often', usual: 0.1, during: 5 });
});

test('a line that stays away is shown as it was', () => {
  const log = logOf(heartbeat(180));

  expect(tellingLine(log, label, [label])).toMatchObject({
    change: 'less often',
    usual: 10,
    during: 0,
    line: 'health ok in 22 ms',
  });
});

test('where no count moves, longer durations in a line tell', () => {
  const slow = Array.from({ length: 10 }, (_, i) => [180 + i, `health ok in ${90 + i} ms`] as const);
  const log = logOf([...heartbeat(180), ...slow]);

  expect(tellingLine(log, label, [label])).toMatchObject({ change: 'slower', line: 'health ok in 90 ms' });
});

test('where nothing moves, nothing is shown', () => {
  expect(tellingLine(logOf(heartbeat()), label, [label])).toMatchObject({
    change: 'nothing to see',
    line: '',
  });
});

test('what another anomaly of the service wrote is not usual', () => {
  const other = { ...label, id: 'other', startMs: 60 * MINUTE_MS, endMs: 120 * MINUTE_MS };
  const flood = Array.from({ length: 600 }, (_, i) => [60 + i / 10, 'cannot connect'] as const);
  const log = logOf([...heartbeat(), ...flood, ...burst('cannot connect', 6)]);

  expect(tellingLine(log, label, [label, other])).toMatchObject({
    change: 'more often',
    usual: 0,
    line: 'cannot connect',
  });
});

test('a stack trace is shown by its heading and its last line where the heading ends with a colon', () => {
  const log = logOf(burst('Traceback (most recent call last):\n  File "a.py", line 3\nValueError: no', 5));

  expect(tellingLine(log, label, [label]).line).toBe('Traceback (most recent call last): … ValueError: no');
});
