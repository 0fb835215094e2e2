import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { everySecond, randomHalf, splitsOf } from './halves.js';

test('every second one, beginning with the first', () => {
  expect(everySecond(['a', 'b', 'c'])).toEqual(['a', 'c']);
});

test('a random half is a half of the items in their order, and the same for its seed', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.string(), (count, seed) => {
      const items = Array.from({ length: count }, (_, index) => index);

      const half = randomHalf(items, seed);

      expect(half).toHaveLength(Math.ceil(count / 2));
      expect(half).toEqual([...new Set(half)].sort((a, b) => a - b));
      expect(randomHalf(items, seed)).toEqual(half);
    }),
  );
});

test('over many seeds each item is chosen about half of the time', () => {
  const items = [0, 1, 2, 3];
  const counts = items.map(() => 0);

  for (let seed = 0; seed < 2000; seed++) for (const item of randomHalf(items, String(seed))) counts[item]!++;

  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(100);
});

test('the fixed split comes before the drawn ones, and those differ', () => {
  const items = Array.from({ length: 20 }, (_, index) => index);

  const [fixed, first, second] = splitsOf(items, 2, '1');

  expect(fixed).toEqual(everySecond(items));
  expect(first).not.toEqual(second);
});
