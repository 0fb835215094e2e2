import { expect, test } from 'vitest';
import { openWords } from './open-words.js';

test('each state that goes on has its own count, and nothing at all has no words', () => {
  expect(openWords({ firing: 2, acknowledged: 1, silenced: 0 })).toBe('2 incidents firing, 1 acknowledged');
  expect(openWords({ firing: 0, acknowledged: 0, silenced: 1 })).toBe('1 incident silenced');
  expect(openWords({ firing: 0, acknowledged: 0, silenced: 0 })).toBe('');
});
