import { expect, test } from 'vitest';
import { shellWords } from './shell-words.js';

test('what a shell would take for something else is quoted', () => {
  expect(shellWords(['fit', 'a b.log', "it's", '$(rm)', 'data/*.log', '--budget', '0.5/day'])).toBe(
    `fit 'a b.log' 'it'\\''s' '$(rm)' 'data/*.log' --budget 0.5/day`,
  );
});
