import { expect, test } from 'vitest';
import { usualWords } from './usual-words.js';

test.each([
  [0, 'never'],
  [1e-9, 'never'],
  [0.0014, '1 in 714 windows'],
  [0.25, '1 in 4 windows'],
  [0.7, '1 a window'],
  [1, '1 a window'],
  [3.217, '3.2 a window'],
  [1234.4, '1230 a window'],
])('%d lines of a window on average are said as %j', (usual, words) => {
  expect(usualWords(usual)).toBe(words);
});
