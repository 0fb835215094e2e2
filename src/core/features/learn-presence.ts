// Principal components of which line types healthy windows hold together, through ml-pca.
import { PCA } from 'ml-pca';
import type { PresenceBasis } from './feature-spec.js';
import { presenceVector } from './presence.js';

/** Share of the healthy variance that the components keep. */
const KEPT_VARIANCE = 0.95;
/** Upper bounds of the matrix that is decomposed: the cost grows with the square of its shorter side. */
const MAX_ROWS = 1500;
const MAX_CELLS = 1_500_000;

/**
 * @param windows positions of the types that each window holds, ascending
 * @param idf weight of each position
 */
export function learnPresence(
  windows: readonly (readonly number[])[],
  idf: readonly number[],
): PresenceBasis {
  const width = idf.length;
  const newIdf = round(1 + Math.log(Math.max(1, windows.length)));
  if (windows.length === 0 || width === 0) return { newIdf, mean: idf.map(() => 0), components: [] };
  const vectors = windows.map((at) => presenceVector(at, (position) => idf[position]!));
  const mean = idf.map(() => 0);
  for (const { at, values } of vectors)
    at.forEach((position, index) => (mean[position] = mean[position]! + values[index]! / vectors.length));

  const rows = Math.max(2, Math.min(MAX_ROWS, Math.floor(MAX_CELLS / width)));
  const step = Math.max(1, vectors.length / rows);
  const matrix: number[][] = [];
  for (let i = 0; Math.floor(i) < vectors.length; i += step) {
    const row = mean.map((value) => -value);
    const { at, values } = vectors[Math.floor(i)]!;
    at.forEach((position, index) => (row[position] = row[position]! + values[index]!));
    matrix.push(row);
  }
  // windows that are all alike have no variance to decompose
  if (matrix.length < 2 || matrix.every((row) => row.every((value) => Math.abs(value) < 1e-12)))
    return { newIdf, mean: mean.map(round), components: [] };

  const pca = new PCA(matrix, { center: false, scale: false, method: 'SVD' });
  const explained = pca.getExplainedVariance();
  const components: number[][] = [];
  let kept = 0;
  const loadings = pca.getEigenvectors();
  for (let k = 0; k < explained.length && kept < KEPT_VARIANCE; k++) {
    kept += explained[k]!;
    components.push(loadings.getColumn(k).map(round));
  }
  return { newIdf, mean: mean.map(round), components };
}

/** Seven digits, as single precision has: the basis is the bulk of an artifact. */
function round(value: number): number {
  return Math.abs(value) < 1e-9 ? 0 : Number(value.toPrecision(7));
}
