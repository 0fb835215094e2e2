import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Read } from '../../core/record.js';
import { createMessageDecoder, type DecoderOptions, type FormatMemory } from './decode-messages.js';
import type { PartitionMessage } from './partition-group.js';

const APPENDED_MS = Date.UTC(2026, 0, 5, 9);

function message(value: string | null, key: string | null = 'api', offset = 7): PartitionMessage {
  return {
    offset: String(offset),
    timestamp: String(APPENDED_MS),
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
  };
}

interface Decoded {
  readonly reads: readonly Read[];
  readonly indices: readonly number[];
  readonly memory: FormatMemory | undefined;
}

function decode(
  messages: readonly PartitionMessage[],
  options: Partial<DecoderOptions> = {},
  restored?: FormatMemory,
): Decoded {
  const decoder = createMessageDecoder(
    { input: {}, defaultSourceOf: (key) => key ?? 'logs', ...options },
    restored,
  );
  const reads: Read[] = [];
  const indices: number[] = [];
  decoder.decode(messages, reads, indices);
  return { reads, indices, memory: decoder.memory() };
}

const json = (n: number): string => JSON.stringify({ time: '2026-01-05T09:00:00Z', msg: `m ${n}` });
const text = (n: number): string => `2026-01-05 09:00:00.000 INFO 1 --- [main] app.Main : started ${n}`;
const sourcesOf = ({ reads }: Decoded): string[] =>
  reads.map((read) => (read.ok ? read.record.source : read.reason));
const isRead = ({ reads }: Decoded): boolean[] => reads.map(({ ok }) => ok);

test('the source is what the record says, else the key, else the topic', () => {
  const named = JSON.stringify({ time: '2026-01-05T09:00:00Z', msg: 'm', service: 'db' });

  const decoded = decode([message(named), message(json(1)), message(json(2), null)]);

  expect(sourcesOf(decoded)).toEqual(['db', 'api', 'logs']);
});

test('a stack trace in one message is one record, and nothing waits for the next message', () => {
  const trace = `${text(1)}\njava.lang.IllegalStateException: closed\n\tat shop.Pool.take(Pool.java:88)`;

  const { reads, indices } = decode([message(trace, 'api', 40), message(text(2), 'api', 41)]);

  expect(reads.map(({ line, lines }) => [line, lines])).toEqual([
    [40, 3],
    [41, 1],
  ]);
  expect(indices).toEqual([0, 1]);
});

test('each key finds a format of its own', () => {
  const mixed = Array.from({ length: 300 }, (_, n) =>
    n % 2 === 0 ? message(json(n), 'a') : message(text(n), 'b'),
  );

  const decoded = decode(mixed);

  expect(isRead(decoded)).not.toContain(false);
  expect(decoded.memory).toMatchObject({ a: { format: 'json' }, b: { format: 'text' } });
});

test('a banner before the log does not decide how the log is read', () => {
  const log = [message(text(0)), ...Array.from({ length: 200 }, (_, n) => message(json(n)))];

  const decoded = decode(log);

  expect(isRead(decoded)).not.toContain(false);
  expect(decoded.memory).toEqual({ api: { format: 'json', nearMs: null } });
});

test('law: cut anywhere and gone on from its memory, it reads the same', () => {
  const syslog = (n: number): string => `<13>Jan  5 09:00:${10 + (n % 50)} host app[1]: line ${n}`;
  const arbLine = fc.tuple(
    fc.constantFrom('a', 'b', 'c'),
    fc.constantFrom(json, text, syslog, () => '???'),
    fc.nat(99),
  );
  fc.assert(
    fc.property(fc.array(arbLine, { maxLength: 260 }), fc.nat(260), (lines, cut) => {
      const messages = lines.map(([key, write, n], offset) => message(write(n), key, offset));
      const whole = decode(messages);

      const before = decode(messages.slice(0, cut));
      const memory = JSON.parse(JSON.stringify(before.memory ?? null)) as FormatMemory | null;
      const after = decode(messages.slice(cut), {}, memory ?? undefined);

      expect([...before.reads, ...after.reads]).toEqual(whole.reads);
      expect(after.memory).toEqual(whole.memory);
    }),
    { numRuns: 30 },
  );
});

test('a format that the artifact names is taken for all, and nothing is remembered', () => {
  const decoded = decode([message(json(1)), message(text(2))], { input: { format: 'json' } });

  expect(sourcesOf(decoded)).toEqual(['api', 'not-json']);
  expect(decoded.memory).toBeUndefined();
});

test('dates without a year are of the year in which the message was written', () => {
  const { reads } = decode([message('<13>Jan  5 08:59:58 host app[1]: line')]);

  expect(reads[0]).toMatchObject({ ok: true, record: { eventTimeMs: APPENDED_MS - 2000 } });
});

test('keys that are no names of services do not fill the memory', () => {
  const many = Array.from({ length: 3000 }, (_, n) => message(json(n), `request-${n}`, n));

  const decoded = decode(many);

  expect(Object.keys(decoded.memory!)).toHaveLength(1001);
  expect(sourcesOf(decoded).at(-1)).toBe('logs');
});
