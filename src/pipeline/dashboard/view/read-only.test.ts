import { expect, test } from 'vitest';
import { readOnlyWords } from './read-only.js';

test('whoever may only look is told why, and whoever may write is told nothing', () => {
  const who = { name: 'wall', mayWrite: false };

  expect(readOnlyWords({ who, isStoreWritable: true })).toMatch(/^Read only: your token/);
  expect(readOnlyWords({ who, isStoreWritable: false })).toMatch(/^Read only: this store/);
  expect(readOnlyWords({ who: { ...who, mayWrite: true }, isStoreWritable: true })).toBeUndefined();
});
