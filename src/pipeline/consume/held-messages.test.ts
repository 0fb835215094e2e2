import { expect, test } from 'vitest';
import type { LogRecord } from '../../core/record.js';
import type { RecordBatch, SourceMessage } from '../ports.js';
import { createHeldMessages } from './held-messages.js';

const recordOf = (source: string, eventTimeMs: number): LogRecord => ({
  eventTimeMs,
  source,
  severity: 9,
  body: 'served',
});

/** Each message's offset is the index of its record, counted from a first one. */
function batchOf(records: readonly LogRecord[], firstOffset: number): RecordBatch {
  return {
    reads: records.map((record) => ({ ok: true, record, line: 1, lines: 1 })),
    ingestTimeMs: 0,
    position: null,
    isCaughtUp: false,
    messageOf: (index) => ({ offset: firstOffset + index }) as SourceMessage,
  };
}

test('a record that waits beyond its batch, and the one before it, are known by their messages', () => {
  const held = createHeldMessages();
  const api = [1, 2, 3].map((timeMs) => recordOf('api', timeMs));
  const db = recordOf('db', 4);

  held.keep(batchOf([...api, db], 10), true);

  expect([...api, db].map((record) => held.messageOf(record)?.offset)).toEqual([undefined, 11, 12, 13]);
});

test('it is known through batches in which its source is silent, until newer ones have decided', () => {
  const held = createHeldMessages();
  const [first, second, third] = [1, 2, 3].map((timeMs) => recordOf('api', timeMs)) as [
    LogRecord,
    LogRecord,
    LogRecord,
  ];
  held.keep(batchOf([first], 0), true);
  held.keep(batchOf([recordOf('db', 9)], 1), true);
  held.keep(batchOf([second], 2), true);
  expect([first, second].map((record) => held.messageOf(record)?.offset)).toEqual([0, 2]);

  held.keep(batchOf([third], 3), true);

  expect(held.messageOf(first)).toBeUndefined();
});

test('nothing is held while nothing waits', () => {
  const held = createHeldMessages();
  const record = recordOf('api', 1);
  held.keep(batchOf([record], 0), true);

  held.keep(batchOf([recordOf('api', 2)], 1), false);

  expect(held.messageOf(record)).toBeUndefined();
});
