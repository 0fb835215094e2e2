import { expect, test } from 'vitest';
import { parseCount } from './count-option.js';

test('counts are read with k, M and underscores', () => {
  expect(['3', '500k', '1.5M', '1_000_000'].map(parseCount)).toEqual([3, 500_000, 1_500_000, 1_000_000]);
});

test.each(['', '0', '-1', '1.5', '1e3', 'many', '3G'])('%j is no count', (text) => {
  expect(() => parseCount(text)).toThrow('is no count');
});
