import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textKey } from './postgres-key.js';

/** Lengths about the limit, in characters of one to four bytes, alike up to their ends. */
const longText = fc
  .tuple(
    fc.constantFrom('a', 'é', '語', '😀'),
    fc.constantFrom(10, 159, 160, 161, 213, 214, 300, 320, 321, 599, 600, 601, 640, 641, 3000),
    fc.constantFrom('', 'x', '\ud83d', '\u0000'),
  )
  .map(([character, count, end]) => character.repeat(count) + end);

test('law: keys are as different as texts, fit into an index and hold what a database takes', () => {
  fc.assert(
    fc.property(longText, longText, (a, b) => {
      const [one, other] = [textKey(a), textKey(b)];
      expect(one.key === other.key).toBe(a === b);
      expect(Buffer.byteLength(one.key)).toBeLessThan(2500);
      expect(Buffer.from(one.key).toString()).toBe(one.key);
    }),
    { numRuns: 2000 },
  );
});

test('the key of a cut text is no key of a short one', () => {
  const { key, long } = textKey('s'.repeat(5000));
  expect(long).toBe('s'.repeat(5000));
  expect(textKey(key).key).not.toBe(key);
});
