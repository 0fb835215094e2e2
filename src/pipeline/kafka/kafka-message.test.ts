import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRecordReader, type RecordReader } from '../../core/format/reader.js';
import type { LogRecord, Read } from '../../core/record.js';
import { createChunkReader } from '../consume/chunk-reader.js';
import { encodeMessage, type IncomingMessage, readMessage, sourceOfMessage } from './kafka-message.js';
import { createRawRecords, MOST_RECORD_BYTES } from '../produce/raw-records.js';

const NOW_MS = Date.UTC(2026, 2, 3);

/** As it comes back from a broker. */
function deliver({ key, value, headers }: ReturnType<typeof encodeMessage>): IncomingMessage {
  return { key: Buffer.from(key), value: Buffer.from(value), headers };
}

function readersBySource(): (source: string) => RecordReader {
  const readers = new Map<string, RecordReader>();
  return (source) => {
    const reader = readers.get(source) ?? createRecordReader({ format: 'json', defaultSource: source });
    readers.set(source, reader);
    return reader;
  };
}

const arbLine = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ service: fc.constantFrom('api', 'cart'), n: fc.nat(99), msg: fc.string({ unit: 'binary' }) })
      .map(({ service, n, msg }) =>
        JSON.stringify({ time: NOW_MS + n, level: 30, service, msg: `request ${n} ${msg}` }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '    at run (app.js:1:2)',
      'Caused by: Boom',
      'Traceback (most recent call last)',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('', '  ', '{"broken":', 'no json at all', '{"service":"api"}') },
);

test('what goes through Kafka is read as from the file', () => {
  fc.assert(
    fc.property(fc.array(arbLine, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'), (lines, lineBreak) => {
      const raw = createRawRecords('app');
      const file = createChunkReader({
        input: { format: 'json' },
        defaultSource: 'app',
        referenceYear: 2026,
        onLine: (line) => raw.onLine(line),
      });
      const readerOf = readersBySource();
      const direct: Read[] = [];
      const received: Read[] = [];

      for (const read of [...file.push(Buffer.from(lines.join(lineBreak))), ...file.end()]) {
        const record = raw.take(read);
        if (!read.ok && read.reason === 'blank') continue;
        direct.push(read);
        const message = deliver(encodeMessage(record!, NOW_MS));
        readMessage(readerOf(sourceOfMessage(message)!), message, read.line, (back) => received.push(back));
      }

      expect(received).toEqual(direct);
      expect(raw.held()).toEqual([]);
    }),
  );
});

test('a line that is too long is set aside for that on the other side, too', () => {
  const raw = createRawRecords('app');
  raw.onLine({ text: 'x'.repeat(4096), number: 1, endOffsetBytes: 0, isTooLong: true });
  const record = raw.take({ ok: false, reason: 'line-too-long', line: 1, lines: 1, raw: 'x' })!;
  const reads: Read[] = [];

  const message = deliver(encodeMessage(record, NOW_MS));
  readMessage(readersBySource()('app'), message, 7, (read) => reads.push(read));

  expect(reads).toEqual([{ ok: false, reason: 'line-too-long', line: 7, lines: 1, raw: 'x'.repeat(4096) }]);
});

test('a record beyond what a broker takes is cut, and says so', () => {
  const raw = createRawRecords('app');
  const record: LogRecord = { eventTimeMs: NOW_MS, source: 'api', severity: 9, body: '' };
  for (let n = 1; n <= 3000; n++)
    raw.onLine({ text: 'y'.repeat(1000), number: n, endOffsetBytes: 0, isTooLong: false });

  const cut = raw.take({ ok: true, record, line: 1, lines: 3000 })!;

  expect(cut).toEqual({ source: 'api', text: 'y'.repeat(1000), eventTimeMs: NOW_MS, isCut: true });
  expect(Buffer.byteLength(cut.text)).toBeLessThan(MOST_RECORD_BYTES);
  expect(raw.held()).toEqual([]);
});

test('a message without a value is one blank line, one without a key names no source', () => {
  const reads: Read[] = [];

  readMessage(readersBySource()('topic'), { key: null, value: null }, 5, (read) => reads.push(read));

  expect(reads).toEqual([{ ok: false, reason: 'blank', line: 5, lines: 1, raw: '' }]);
  expect(sourceOfMessage({ key: null, value: null })).toBeUndefined();
});

test('a record from the future is stamped now: brokers refuse times far ahead', () => {
  const record = { source: 'api', text: '{}', isCut: false };

  expect(encodeMessage({ ...record, eventTimeMs: NOW_MS - 5 }, NOW_MS).timestamp).toBe(String(NOW_MS - 5));
  expect(encodeMessage({ ...record, eventTimeMs: NOW_MS + 86_400_000 }, NOW_MS).timestamp).toBe(
    String(NOW_MS),
  );
});
