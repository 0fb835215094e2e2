import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeDeadLetter, originOf, replayHeaders } from './dead-letter-message.js';
import type { SourceMessage } from '../ports.js';

const message: SourceMessage = {
  topic: 'logs',
  partition: 3,
  offset: 17,
  timestampMs: 1_767_603_600_000,
  key: Buffer.from('api'),
  value: Buffer.from([0xff, 0x00, 0x7b]),
  headers: { trace: Buffer.from('abc') },
};

test('a dead letter keeps bytes, key and headers, and says where it came from and why', () => {
  const letter = encodeDeadLetter({ reason: 'not-json', message });

  expect(letter.value).toEqual(Buffer.from([0xff, 0x00, 0x7b]));
  expect(String(letter.key)).toBe('api');
  expect(letter.headers['trace']).toEqual(Buffer.from('abc'));
  expect(originOf(letter.headers)).toEqual({
    topic: 'logs',
    partition: 3,
    offset: 17,
    timestampMs: 1_767_603_600_000,
    reason: 'not-json',
    replays: 0,
  });
});

test('law: the origin comes back from the headers, however the client gives them', () => {
  const arbOrigin = fc.record({ offset: fc.maxSafeNat(), partition: fc.nat(), timestampMs: fc.maxSafeNat() });
  fc.assert(
    fc.property(arbOrigin, fc.boolean(), (origin, isBuffers) => {
      const { headers } = encodeDeadLetter({ reason: 'blank', message: { ...message, ...origin } });
      const given = isBuffers
        ? Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, Buffer.from(String(value))]),
          )
        : headers;

      expect(originOf(given)).toMatchObject(origin);
    }),
  );
});

test('each time it is put back and fails again, the count goes up, and no header of its first death stays', () => {
  let current = message;
  for (let replays = 0; replays < 3; replays++) {
    const { headers } = encodeDeadLetter({ reason: 'not-json', message: current });
    const origin = originOf(headers)!;
    expect(origin.replays).toBe(replays);
    current = { ...current, headers: replayHeaders(headers, origin) };
    expect(Object.keys(current.headers).sort()).toEqual(['loghorn.dlq.replays', 'trace']);
  }
});

test('what is too large to be kept is cut, and says how large it was', () => {
  const value = Buffer.alloc(5_000_000, 'x');

  const letter = encodeDeadLetter({ reason: 'line-too-long', message: { ...message, value } });

  expect(letter.value!.length).toBe(3 * 2 ** 20);
  expect(originOf(letter.headers)!.wholeBytes).toBe(5_000_000);
});

test('any other message is no dead letter', () => {
  expect(originOf({})).toBeUndefined();
  expect(originOf({ 'loghorn.dlq.replays': '1' })).toBeUndefined();
});
