// Isolation forest (Liu, Ting & Zhou 2008). ml-isolation-forest grows the trees, one at a time on a seeded sample;
// they are exported and scored here from flat typed arrays, with the path length as the paper has it
// (the library leaves Euler's constant outside the factor 2).
import { createRandom, type Random } from '../random.js';
import { type Detector, type DetectorInput, squash } from './detector.js';
import { type FlatTree, growTree } from './grow-tree.js';

const TREES = 100;
/** Rows a tree is grown on: the paper's choice. */
const SAMPLE_ROWS = 256;
/** A z of this size in a column that never varied in the fit scores 0.5. */
const HALF_Z = 3.5;

interface ForestModel {
  /** Features that the trees may split. */
  readonly columns: readonly number[];
  /** Features that never varied in the fit: no tree can see them move, so they are watched by themselves. */
  readonly constant: readonly { readonly feature: number; readonly value: number }[];
  readonly sampleRows: number;
  readonly trees: readonly FlatTree[];
}

export const isolationForest: Detector<ForestModel> = {
  name: 'isolation-forest',
  sentence: 'a combination of features that is easy to tell from all others',
  fit: (features, windows, { seed }) => {
    const first = windows[0]!.scaled;
    const varies = features.map((_, index) => windows.some(({ scaled }) => scaled[index] !== first[index]));
    const columns = features.flatMap((_, index) => (varies[index] ? [index] : []));
    const random = createRandom(`${seed}|isolation-forest`);
    const sampleRows = Math.min(SAMPLE_ROWS, windows.length);
    const trees =
      columns.length === 0
        ? []
        : Array.from({ length: TREES }, () =>
            growTree(
              sample(windows, sampleRows, random).map(({ scaled }) =>
                columns.map((column) => scaled[column]!),
              ),
              random,
            ),
          );
    return {
      columns,
      constant: features.flatMap((_, index) =>
        varies[index] ? [] : [{ feature: index, value: first[index]! }],
      ),
      sampleRows,
      trees,
    };
  },
  create: (_features, model) => {
    const trees = model.trees.map(compile);
    const normal = averagePathLength(model.sampleRows);
    const forestScore = (scaled: Float64Array): number => {
      if (trees.length === 0) return 0;
      const row = Float64Array.from(model.columns, (column) => scaled[column]!);
      let sum = 0;
      for (const tree of trees) sum += pathLength(tree, row);
      return 2 ** -(sum / trees.length / normal);
    };
    const movedConstant = ({ scaled }: DetectorInput): readonly { feature: number; amount: number }[] =>
      model.constant
        .map(({ feature, value }) => ({ feature, amount: Math.abs(scaled[feature]! - value) }))
        .filter(({ amount }) => amount > 0);
    return {
      scoreOne: (input) =>
        movedConstant(input).reduce(
          (score, { amount }) => Math.max(score, squash(amount, HALF_Z)),
          forestScore(input.scaled),
        ),
      // what a feature contributes is how much less strange the window were with that feature at its median
      contributions: (input) => {
        const base = forestScore(input.scaled);
        const single = model.columns.map((feature) => {
          const mended = input.scaled.slice();
          mended[feature] = 0;
          return { feature, amount: base - forestScore(mended) };
        });
        return [
          ...movedConstant(input).map(({ feature, amount }) => ({ feature, amount: squash(amount, HALF_Z) })),
          ...single,
        ]
          .filter(({ amount }) => amount > 0.005)
          .sort((a, b) => b.amount - a.amount || a.feature - b.feature);
      },
    };
  },
};

/**
 * Average path length of an unsuccessful search in a binary search tree of n rows, Liu et al. 2008, equation 1:
 * c(n) = 2 H(n-1) - 2 (n-1) / n, with c(2) = 1 and c(n) = 0 below.
 */
export function averagePathLength(n: number): number {
  if (n < 2) return 0;
  if (n === 2) return 1;
  const EULER = 0.5772156649015329;
  return 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}

interface CompiledTree {
  readonly column: Int16Array;
  readonly value: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Average path below a leaf, by its size. */
  readonly rest: Float64Array;
}

function compile(tree: FlatTree): CompiledTree {
  return {
    column: Int16Array.from(tree.column),
    value: Float64Array.from(tree.value),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    rest: Float64Array.from(tree.size, averagePathLength),
  };
}

function pathLength(tree: CompiledTree, row: Float64Array): number {
  let node = 0;
  let depth = 0;
  while (tree.column[node]! >= 0) {
    node = row[tree.column[node]!]! < tree.value[node]! ? tree.left[node]! : tree.right[node]!;
    depth++;
  }
  return depth + tree.rest[node]!;
}

/** Without replacement (partial Fisher–Yates over the indexes). */
function sample<T>(items: readonly T[], count: number, random: Random): T[] {
  const indexes = items.map((_, index) => index);
  return Array.from({ length: count }, (_, i) => {
    const j = i + random.below(indexes.length - i);
    const chosen = indexes[j]!;
    indexes[j] = indexes[i]!;
    indexes[i] = chosen;
    return items[chosen]!;
  });
}
