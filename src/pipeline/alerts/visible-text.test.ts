import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleText } from './visible-text.js';

test('terminal escapes of a log are shown, not obeyed', () => {
  const body = '\u001b[2J\u001b]0;owned\u0007 user \u202Egnp.exe\u202C\r\nnext\u009b31m';

  expect(visibleText(body)).toBe(
    '\\x1b[2J\\x1b]0;owned\\x07 user \\u{202e}gnp.exe\\u{202c}\\r\\nnext\\x9b31m',
  );
});

test('letters of any language and emoji stay as they are', () => {
  const body = 'Zahlung überfällig: 支払い 😀 <*> "x\\y"';

  expect(visibleText(body)).toBe(body);
});

test('a long line is cut with its length', () => {
  expect(visibleText('x'.repeat(5000), 10)).toBe('xxxxxxxxxx … (5,000 characters)');
});

test('law: nothing that a terminal acts on is left, whatever the text', () => {
  const arbText = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(arbText, fc.integer({ min: 0, max: 60 }), (text, most) => {
      const acting = Array.from(visibleText(text, most)).filter((character) =>
        /\p{Cc}|\p{Cs}|[\u2028\u2029\u202e]/u.test(character),
      );
      expect(acting).toEqual([]);
    }),
  );
});
