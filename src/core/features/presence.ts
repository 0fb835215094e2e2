// Which line types a window holds, as a vector of TF-IDF on presence, and how far that mix is from what
// healthy windows show: the residual that the principal components of the fit leave unexplained.
// Presence, not counts: load changes counts, hardly ever the set (TF-IDF after Spärck Jones 1972; the residual is
// the squared prediction error of Jackson & Mudholkar 1979).
import type { PresenceBasis } from './feature-spec.js';

/** A sparse vector: positions ascending, values beside them. */
export interface Sparse {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

export interface PresenceModel {
  /**
   * Euclidean norm of what the components leave of the centred vector; a type that no healthy window held lies
   * outside all of them with its whole weight. 0 for an empty window.
   *
   * @param newTypes how many such types the window holds
   */
  residual(x: Sparse, newTypes: number): number;
  /** 1 - cosine to the mean healthy window, in [0, 1]; 0 for an empty one. */
  distance(x: Sparse): number;
}

/** @param at positions of the known types present, ascending */
export function presenceVector(at: readonly number[], idf: (position: number) => number): Sparse {
  return { at, values: at.map(idf) };
}

export function createPresenceModel(basis: PresenceBasis): PresenceModel {
  const mean = Float64Array.from(basis.mean);
  const components = basis.components.map((component) => Float64Array.from(component));
  const meanNorm2 = dot(mean, mean);
  const meanOnComponents = components.map((component) => dot(component, mean));

  return {
    residual: (x, newTypes) => {
      const unknown = newTypes * basis.newIdf ** 2;
      if (x.at.length === 0) return Math.sqrt(unknown);
      let left = sparseDot(x, x.values) - 2 * sparseDotDense(x, mean) + meanNorm2;
      for (let i = 0; i < components.length; i++) {
        const along = sparseDotDense(x, components[i]!) - meanOnComponents[i]!;
        left -= along * along;
      }
      return Math.sqrt(Math.max(0, left) + unknown);
    },
    distance: (x) => {
      if (x.at.length === 0 || meanNorm2 === 0) return 0;
      const cosine = sparseDotDense(x, mean) / Math.sqrt(meanNorm2 * sparseDot(x, x.values));
      return Math.min(1, Math.max(0, 1 - cosine));
    },
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function sparseDot(x: Sparse, values: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < x.values.length; i++) sum += x.values[i]! * (values[i] ?? 0);
  return sum;
}

function sparseDotDense({ at, values }: Sparse, dense: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < at.length; i++) sum += (values[i] ?? 0) * (dense[at[i]!] ?? 0);
  return sum;
}
