import { expect, test } from 'vitest';
import { comingWords } from './model-words.js';

test('it is said how long it takes until another model speaks, and that it is about to', () => {
  expect(comingWords(7 * 60_000, 0)).toBe('in 7 min');
  expect(comingWords(60_000, 60_000)).toBe('any moment now');
});
