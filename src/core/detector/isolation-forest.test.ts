import { expect, test } from 'vitest';
import { createRandom } from '../random.js';
import { fitted, healthyRows, windowsOf } from './detector.testkit.js';
import { growTree } from './grow-tree.js';
import type { FlatTree } from './grow-tree.js';
import { averagePathLength } from './isolation-forest.js';

test('the average path length is the paper’s, Euler’s constant inside the factor', () => {
  expect([0, 1, 2].map(averagePathLength)).toEqual([0, 0, 1]);
  // 2 (ln(n - 1) + 0.5772156649) - 2 (n - 1) / n, worked by hand
  expect(averagePathLength(3)).toBeCloseTo(1.207392, 6);
  expect(averagePathLength(256)).toBeCloseTo(10.244771, 6);
  for (let n = 3; n < 1000; n++) expect(averagePathLength(n)).toBeGreaterThan(averagePathLength(n - 1));
});

/** Node in which a row ends. */
function leafOf(tree: FlatTree, row: readonly number[]): number {
  let node = 0;
  while (tree.column[node]! >= 0)
    node = row[tree.column[node]!]! < tree.value[node]! ? tree.left[node]! : tree.right[node]!;
  return node;
}

test('an exported tree sends every row of its sample to a leaf that counts it', () => {
  const random = createRandom('rows');
  const rows = Array.from({ length: 256 }, () => [random.normal(), random.below(3), 7, random.next()]);

  const tree = growTree(rows, createRandom('tree'));

  const reached = new Map<number, number>();
  for (const row of rows) reached.set(leafOf(tree, row), (reached.get(leafOf(tree, row)) ?? 0) + 1);
  for (const [leaf, count] of reached) expect(tree.size[leaf]).toBe(count);
  expect(tree.size.reduce((sum, size) => sum + size, 0)).toBe(rows.length);
});

test('no node of an exported tree splits nothing off', () => {
  const rows = Array.from({ length: 64 }, (_, n) => [0, n, 0, 0, 0, 0]);

  const tree = growTree(rows, createRandom('constant columns'));

  expect(tree.column.filter((column) => column >= 0).every((column) => column === 1)).toBe(true);
  expect(tree.size.filter((size, node) => tree.column[node] === -1 && size === 0)).toEqual([]);
});

test('Math.random is its own again after a tree, and after a tree that could not be grown', () => {
  const own = Math.random;

  growTree([[1], [2], [3]], createRandom('a'));
  expect(Math.random).toBe(own);

  const throwing = {
    ...createRandom('b'),
    next: () => {
      throw new Error('no more chance');
    },
  };
  expect(() => growTree([[1], [2], [3]], throwing)).toThrow('no more chance');
  expect(Math.random).toBe(own);
});

test('growing draws on nothing but the seed', () => {
  const rows = Array.from({ length: 100 }, (_, n) => [n % 13, (n * 7) % 29]);

  expect(growTree(rows, createRandom('s'))).toEqual(growTree(rows, createRandom('s')));
});

test('planted outliers rank first among hundreds of healthy windows', () => {
  const rows = healthyRows(400, 'with outliers');
  const planted = [17, 180, 391];
  const windows = windowsOf(
    rows.map((row, index) => (planted.includes(index) ? row.map((x) => 8 * x + 5) : row)),
  );

  const forest = fitted('isolation-forest', windows);

  const ranked = windows.inputs
    .map((input, index) => ({ index, score: forest.scoreOne(input) }))
    .sort((a, b) => b.score - a.score);
  expect(
    ranked
      .slice(0, 3)
      .map(({ index }) => index)
      .sort((a, b) => a - b),
  ).toEqual(planted);
});

test('what moved a score names the feature that was moved', () => {
  const windows = windowsOf(healthyRows(400, 'named'));
  const forest = fitted('isolation-forest', windows);
  const calm = forest.contributions(windows.probe({ log_count: 40 }));

  const moved = forest.contributions(windows.probe({ fatal_count: 12 }));

  expect(moved[0]!.amount).toBeGreaterThan(calm[0]?.amount ?? 0);
});
