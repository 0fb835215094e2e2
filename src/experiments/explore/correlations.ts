// Which features say the same: rank correlations over healthy windows, features in an order that puts alike ones
// beside each other. Ranks, since counts of records are anything but normal (Spearman 1904).
import type { Figure } from '../notebook/figure.js';
import { DIVERGING } from '../notebook/figure-style.js';
import { midRanks } from './mid-ranks.js';

export interface Correlations {
  readonly names: readonly string[];
  /** Symmetric, 1 on the diagonal, each in [-1, 1]; in the order of the names. */
  readonly matrix: readonly (readonly number[])[];
  /** Features without a correlation: they had one value in all windows. */
  readonly constant: readonly string[];
}

/** @param rows windows by feature, in the order of the names */
export function correlate(names: readonly string[], rows: readonly ArrayLike<number>[]): Correlations {
  const columns = names.map((name, index) => ({
    name,
    ranks: standardize(midRanks(rows.map((row) => row[index]!))),
  }));
  const varying = columns.filter(({ ranks }) => ranks !== undefined);
  const matrix = varying.map(({ ranks: a }) => varying.map(({ ranks: b }) => dot(a!, b!)));
  const order = chain(matrix);
  return {
    names: order.map((index) => varying[index]!.name),
    matrix: order.map((i) => order.map((j) => (i === j ? 1 : Math.min(1, Math.max(-1, matrix[i]![j]!))))),
    constant: columns.filter(({ ranks }) => ranks === undefined).map(({ name }) => name),
  };
}

/** Mean 0 and length 1, so that a product of two is their correlation; undefined when all are alike. */
function standardize(values: Float64Array): Float64Array | undefined {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return length < 1e-9 ? undefined : values.map((value) => (value - mean) / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Clusters joined end to end by their mean |correlation|, the closest two first (average linkage); the order of the last. */
function chain(matrix: readonly (readonly number[])[]): readonly number[] {
  const clusters = matrix.map((_, index) => [index]);
  const closeness = (a: readonly number[], b: readonly number[]): number => {
    let sum = 0;
    for (const i of a) for (const j of b) sum += Math.abs(matrix[i]![j]!);
    return sum / (a.length * b.length);
  };
  while (clusters.length > 1) {
    let best = { i: 0, j: 1, closeness: -1 };
    for (let i = 0; i < clusters.length; i++)
      for (let j = i + 1; j < clusters.length; j++) {
        const close = closeness(clusters[i]!, clusters[j]!);
        if (close > best.closeness) best = { i, j, closeness: close };
      }
    clusters[best.i] = [...clusters[best.i]!, ...clusters[best.j]!];
    clusters.splice(best.j, 1);
  }
  return clusters[0] ?? [];
}

export function correlationFigure({ names, matrix }: Correlations): Figure {
  return {
    data: [
      {
        type: 'heatmap',
        x: names,
        y: names,
        z: matrix.map((row) => row.map((value) => Math.round(100 * value) / 100)),
        zmin: -1,
        zmax: 1,
        colorscale: DIVERGING,
        colorbar: { title: { text: 'rank<br>correlation' }, thickness: 12 },
      },
    ],
    layout: {
      title: { text: 'Which features say the same in healthy windows' },
      height: 820,
      xaxis: { tickangle: -90, showgrid: false, tickfont: { size: 10 } },
      yaxis: { autorange: 'reversed', showgrid: false, tickfont: { size: 10 } },
    },
  };
}

/**
 * Groups of features that say nearly the same, the largest first. Each belongs to the first of its group.
 *
 * @param least |correlation| with the group's first from which on a feature belongs to it, 0 to 1
 */
export function twins(
  { names, matrix }: Correlations,
  least: number,
): readonly { readonly feature: string; readonly twins: readonly string[] }[] {
  const isTaken = names.map(() => false);
  return names
    .map((feature, i) => {
      if (isTaken[i]) return { feature, twins: [] };
      const own = names.filter((_, j) => j !== i && !isTaken[j] && Math.abs(matrix[i]![j]!) >= least);
      for (const name of [feature, ...own]) isTaken[names.indexOf(name)] = true;
      return { feature, twins: own };
    })
    .filter((group) => group.twins.length > 0)
    .sort((a, b) => b.twins.length - a.twins.length);
}
