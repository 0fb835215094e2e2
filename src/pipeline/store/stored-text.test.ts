import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStoredText, storableText } from './stored-text.js';

/** Backslashes, what looks like an escape, NUL and halves of pairs, close together. */
const hostile = fc
  .array(
    fc.constantFrom('\\', 'u', '0000', 'd83d', 'D83D', '\u0000', '\ud83d', '\ude00', '😀', 'u0000', 'GET /'),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));

test('whatever text is stored is read back, and a database takes it', () => {
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' }), fc.string()), (text) => {
      const stored = storableText(text);
      expect(readStoredText(stored)).toBe(text);
      expect(Buffer.from(stored).toString()).toBe(stored);
      expect(stored).not.toContain('\u0000');
    }),
    { numRuns: 2000 },
  );
});

test('two texts are never stored as one', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      expect(storableText(a) === storableText(b)).toBe(a === b);
    }),
    { numRuns: 2000 },
  );
});

test('ordinary text is stored as it is, and what no database takes is seen', () => {
  expect(storableText('C:\\users\\u12 said "hi" 😀\n')).toBe('C:\\users\\u12 said "hi" 😀\n');
  expect(storableText('a\u0000b\ud800')).toBe('a\\u0000b\\ud800');
  expect(storableText('{"msg":"\\u0000"}')).toBe('{"msg":"\\\\u0000"}');
});
