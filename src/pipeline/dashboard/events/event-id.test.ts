import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEventId, encodeEventId } from './event-id.js';

const whole = fc.maxSafeNat();

test('an id says where a page stood', () => {
  fc.assert(
    fc.property(
      whole,
      whole,
      whole,
      whole,
      whole,
      (alertSequence, noteSequence, windowSequence, markers, atMs) => {
        const position = { cursor: { alertSequence, noteSequence, windowSequence }, markers, atMs };
        expect(decodeEventId(encodeEventId(position))).toEqual(position);
      },
    ),
  );
});

test.each([
  '',
  '1-2-3-4',
  '1-2-3-4-5-6',
  '1-2-3-4-',
  '1-2-3-4-x',
  '-1-2-3-4-5',
  '1-2-3-4-9999999999999999',
  "1-2-3-4-5'",
])('the id %j is none', (text) => {
  expect(decodeEventId(text)).toBeUndefined();
});
