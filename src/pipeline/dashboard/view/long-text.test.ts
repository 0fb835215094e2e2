import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { showUnsafe } from '../../../core/unsafe-characters.js';
import { longText } from './long-text.js';

test('a line of a megabyte is cut, and says so', () => {
  const text = longText(`failed: ${'x'.repeat(1_000_000)}`);

  expect(text.startsWith('failed: xxx')).toBe(true);
  expect(text.endsWith('xxx … and 996 k more characters')).toBe(true);
  expect(text.length).toBeLessThan(4100);
});

test('no cut goes through a character, and nothing that hides is left in', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 20 }), (unit) => {
      const text = longText(`${'a'.repeat(3999)}😀${unit.repeat(300)}`);

      expect(showUnsafe(text, '\n')).toBe(text);
      expect(text).not.toContain('\\u{d83d}');
    }),
    { examples: [['x']] },
  );
});

test('a line of usual length is whole', () => {
  expect(longText('a\n\tb')).toBe('a\n\\tb');
});
