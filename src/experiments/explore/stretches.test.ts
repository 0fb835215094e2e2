import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeLabel } from './fake-table.testkit.js';
import { createSums, healthyStarts, healthyWindows, stretchOf } from './stretches.js';

const grid = { source: 'api', startMs: 0, windowMs: 30_000, windows: 10 };

test('a stretch holds every window that the span touches, and ends with the grid', () => {
  // 0s     30s     60s     90s
  // |   [---|-------|--)    |      from the middle of window 0 to the middle of window 2
  expect(stretchOf(grid, { startMs: 15_000, endMs: 75_000 })).toEqual({ from: 0, to: 3 });
  expect(stretchOf(grid, { startMs: 30_000, endMs: 60_000 })).toEqual({ from: 1, to: 2 });
  expect(stretchOf(grid, { startMs: 280_000, endMs: 900_000 })).toEqual({ from: 9, to: 10 });
  expect(stretchOf(grid, { startMs: 900_000, endMs: 990_000 })).toEqual({ from: 10, to: 10 });
});

test('windows of a label and of the grace after it are not healthy, those of another service are', () => {
  const labels = [fakeLabel('error-spike', 'api', 2, 4), fakeLabel('error-spike', 'db', 7, 8)];

  const healthy = healthyWindows(grid, labels, 30_000);

  expect([...healthy]).toEqual([1, 1, 0, 0, 0, 1, 1, 1, 1, 1]);
});

test('healthy stretches lie between what is not healthy', () => {
  const healthy = Uint8Array.from([1, 1, 0, 1, 1, 1]);

  expect(healthyStarts(healthy, 2)).toEqual([0, 3, 4]);
  expect(healthyStarts(healthy, 4)).toEqual([]);
  expect(healthyStarts(healthy, 0)).toEqual([]);
});

test('sums of stretches are those of a loop', () => {
  const arbCounts = fc.array(fc.nat(50), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(arbCounts, fc.nat(60), fc.nat(60), (counts, a, b) => {
      const [from, to] = [Math.min(a, b, counts.length), Math.min(Math.max(a, b), counts.length)];

      const sum = createSums(Float64Array.from(counts))(from, to);

      expect(sum).toBe(counts.slice(from, to).reduce((total, count) => total + count, 0));
    }),
  );
});
