import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverUnsafe, showUnsafe } from './unsafe-characters.js';

const arbText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '\u001b[31m',
        '\u202egpj.exe',
        '\u200b',
        '\ud800',
        '\udfff',
        '\u{e0041}',
        '\u2028',
        '😀',
        '\n',
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
const IS_UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

test('nothing unsafe is left, but for what is kept', () => {
  fc.assert(
    fc.property(arbText, (text) => {
      expect(showUnsafe(text)).not.toMatch(IS_UNSAFE);
      expect(coverUnsafe(text)).not.toMatch(IS_UNSAFE);
      expect(showUnsafe(text, '\n').replaceAll('\n', '')).not.toMatch(IS_UNSAFE);
      expect(showUnsafe(text, '\n').split('\n').length).toBe(text.split('\n').length);
    }),
  );
});

test('an escape can be read, whether the character is a control, a mark of direction or beyond 16 bits', () => {
  expect(showUnsafe('a\r\n\tb\u001b\u007f\u009b\u202e\u{e0041}\ud800')).toBe(
    'a\\r\\n\\tb\\x1b\\x7f\\x9b\\u{202e}\\u{e0041}\\u{d800}',
  );
});

test('letters of any language, emoji and backslashes stay as they are', () => {
  const text = 'Zahlung überfällig: 支払い 😀 <*> "x\\y" e\u0301';

  expect([showUnsafe(text), coverUnsafe(text)]).toEqual([text, text]);
});
