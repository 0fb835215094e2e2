// The healthy window that resembles a false alert most, and where the two differ: what the detector would have to
// overlook.
import type { FeatureDeclaration, FeatureUnit } from '../../core/features/feature-spec.js';
import type { Scaler } from '../../core/features/scale.js';
import type { JudgedWindow } from '../evaluate/match-labels.js';
import { furthestOfEachBase } from './moved-features.js';
import { type WindowName, windowKey } from './window-key.js';

export interface NearestNormal {
  readonly startMs: number;
  readonly records: number;
  readonly score: number;
  /** Root mean square difference of the scaled features, in spreads. */
  readonly distance: number;
  /** How many windows it was chosen from. */
  readonly among: number;
  readonly differs: readonly FeatureDifference[];
}

export interface FeatureDifference {
  readonly feature: string;
  readonly unit: FeatureUnit;
  readonly here: number;
  readonly there: number;
  /** Here less there, in spreads. */
  readonly difference: number;
}

const MAX_DIFFERENCES = 5;

/**
 * @param normal healthy windows; those of the same source that do not alert are looked at
 * @param vectors raw, by `windowKey`
 * @returns null when there is no such window
 */
export function nearestNormal(
  window: WindowName,
  normal: readonly JudgedWindow[],
  vectors: ReadonlyMap<string, Float64Array>,
  features: readonly FeatureDeclaration[],
  scaler: Scaler,
): NearestNormal | null {
  const { source } = window;
  const raw = vectors.get(windowKey(window));
  if (raw === undefined) return null;
  const scaled = scaler.scale(source, raw);
  let best: { readonly row: JudgedWindow['row']; readonly raw: Float64Array } | undefined;
  let least = Infinity;
  let among = 0;
  for (const { row } of normal) {
    if (row.source !== source || row.alert) continue;
    const other = vectors.get(windowKey(row));
    if (other === undefined) continue;
    among++;
    const squares = sumOfSquares(scaled, scaler.scale(source, other));
    if (squares < least) {
      least = squares;
      best = { row, raw: other };
    }
  }
  if (best === undefined) return null;
  const there = scaler.scale(source, best.raw);
  const differences = scaled.map((value, index) => value - there[index]!);
  return {
    startMs: best.row.startMs,
    records: best.row.records,
    score: best.row.score,
    distance: Math.sqrt(least / features.length),
    among,
    differs: furthestOfEachBase(features, differences)
      .filter((index) => differences[index] !== 0)
      .slice(0, MAX_DIFFERENCES)
      .map((index) => ({
        feature: features[index]!.name,
        unit: features[index]!.unit,
        here: raw[index]!,
        there: best.raw[index]!,
        difference: differences[index]!,
      })),
  };
}

function sumOfSquares(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
