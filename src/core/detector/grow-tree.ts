// Grows one isolation tree through ml-isolation-forest and exports it as flat arrays.
// The library draws from Math.random and nothing else, so for the length of one synchronous call that is the seeded
// generator. What it does with a column that is constant below a node (a split with nothing on one side) is undone.
import { IsolationForest, type TreeNode } from 'ml-isolation-forest';
import type { Random } from '../random.js';

/** One tree, breadth first: parallel arrays over its nodes. Children of node i are left[i] and right[i]; -1 in a leaf. */
export interface FlatTree {
  /** Index into the model's columns; -1 in a leaf. */
  readonly column: readonly number[];
  /** Goes left where the value is below it. */
  readonly value: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Rows of the sample that ended in the leaf; 0 in an inner node. */
  readonly size: readonly number[];
}

/** @param rows finite numbers, at least two rows, at least one column that varies */
export function growTree(rows: readonly (readonly number[])[], random: Random): FlatTree {
  const forest = new IsolationForest({ nEstimators: 1 });
  withChance(random, () => forest.train(rows));
  return flatten(forest.forest[0]!);
}

function withChance(random: Random, grow: () => void): void {
  /* oxlint-disable no-restricted-properties -- the one place where the library's chance becomes ours */
  const own = Math.random;
  Math.random = () => random.next();
  try {
    grow();
  } finally {
    Math.random = own;
  }
  /* oxlint-enable no-restricted-properties */
}

function flatten(root: TreeNode): FlatTree {
  const tree = {
    column: [] as number[],
    value: [] as number[],
    left: [] as number[],
    right: [] as number[],
    size: [] as number[],
  };
  const queue: TreeNode[] = [withoutEmptySplits(root)];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i]!;
    if (node.left && node.right) {
      tree.column.push(node.splitColumn);
      tree.value.push(node.splitValue);
      tree.left.push(queue.push(withoutEmptySplits(node.left)) - 1);
      tree.right.push(queue.push(withoutEmptySplits(node.right)) - 1);
      tree.size.push(0);
    } else {
      tree.column.push(-1);
      tree.value.push(0);
      tree.left.push(-1);
      tree.right.push(-1);
      tree.size.push(node.numberDataPoints());
    }
  }
  return tree;
}

/** A column without spread sends every row to the right: such a node tells nothing apart and is passed over. */
function withoutEmptySplits(node: TreeNode): TreeNode {
  let kept = node;
  while (kept.left && kept.right && kept.left.isLeafNode() && kept.left.numberDataPoints() === 0)
    kept = kept.right;
  return kept;
}
