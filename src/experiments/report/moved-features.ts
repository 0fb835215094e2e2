// Which features of a window stand furthest from what is usual for its source: all of them, also those that the
// detector does not weigh.
import type { FeatureDeclaration, FeatureUnit } from '../../core/features/feature-spec.js';
import type { Scaler } from '../../core/features/scale.js';

export interface MovedFeature {
  readonly feature: string;
  readonly unit: FeatureUnit;
  readonly value: number;
  /** The usual band, median ± 3 spreads. */
  readonly usualLow: number;
  readonly usualHigh: number;
  /** Spreads from the median of the source's healthy windows, in [-50, 50]. */
  readonly z: number;
}

/** Beyond the usual band. */
export const OUTSIDE_Z = 3;

const MAX_MOVED = 8;

/** The furthest first; of a value and its rolling statistics only the furthest. */
export function movedFeatures(
  features: readonly FeatureDeclaration[],
  scaler: Scaler,
  source: string,
  raw: Float64Array,
): readonly MovedFeature[] {
  const scaled = scaler.scale(source, raw);
  return furthestOfEachBase(features, scaled)
    .filter((index) => scaled[index] !== 0)
    .slice(0, MAX_MOVED)
    .map((index) => {
      const { name, unit } = features[index]!;
      const { low, high } = scaler.band(source, index);
      return { feature: name, unit, value: raw[index]!, usualLow: low, usualHigh: high, z: scaled[index]! };
    });
}

/** Indices by falling distance from 0; rolling statistics of one value say the same thing up to five times. */
export function furthestOfEachBase(
  features: readonly FeatureDeclaration[],
  distances: ArrayLike<number>,
): readonly number[] {
  const seen = new Set<string>();
  return features
    .map((_, index) => index)
    .sort((a, b) => Math.abs(distances[b]!) - Math.abs(distances[a]!) || a - b)
    .filter((index) => {
      const base = features[index]!.name.replace(/_(mean|min|max|std|p95)_\d+[ms]$/, '');
      return !seen.has(base) && seen.add(base);
    });
}
