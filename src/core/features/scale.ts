// Brings features of different units to one scale: robust z-values around what is usual for the source.
import type { FeatureDeclaration, FeatureUnit, Scaling, SourceScaling } from './feature-spec.js';

/** Counts are judged by their ratio, everything else by its difference. */
export function transformFeature(unit: FeatureUnit, value: number): number {
  return unit === 'records' || unit === 'line types' ? Math.log1p(value) : value;
}

export function untransformFeature(unit: FeatureUnit, value: number): number {
  return unit === 'records' || unit === 'line types' ? Math.max(0, Math.expm1(value)) : value;
}

/**
 * Least spread of a feature, in transformed units: what never varied in the fit (the ERROR count of a healthy
 * service) must still be seen when it first moves, and rounding noise must not.
 */
const SPREAD_FLOOR: Record<FeatureUnit, number> = {
  records: 0.25,
  'line types': 0.25,
  ratio: 0.03,
  bans: 0.5,
  distance: 0.03,
  weight: 0.5,
  cycle: 1,
};

/** z-values are cut here, so that one wild feature cannot drown the rest. */
export const MAX_Z = 50;

export interface Scaler {
  scale(source: string, raw: Float64Array): Float64Array;
  /** The usual band, median ± 3 spreads, in the feature's own unit. */
  band(source: string, feature: number): { readonly low: number; readonly high: number };
}

export function createScaler(features: readonly FeatureDeclaration[], scaling: Scaling): Scaler {
  const bySource = new Map(scaling.bySource.map((each) => [each.source, each.scaling]));
  const of = (source: string): SourceScaling => bySource.get(source) ?? scaling.pooled;
  return {
    scale: (source, raw) => {
      const { median, spread } = of(source);
      return raw.map((value, index) => {
        const z = (transformFeature(features[index]!.unit, value) - median[index]!) / spread[index]!;
        return Math.min(MAX_Z, Math.max(-MAX_Z, z));
      });
    },
    band: (source, feature) => {
      const { median, spread } = of(source);
      const { unit } = features[feature]!;
      const low = untransformFeature(unit, median[feature]! - 3 * spread[feature]!);
      return {
        low: unit === 'cycle' ? low : Math.max(0, low),
        high: untransformFeature(unit, median[feature]! + 3 * spread[feature]!),
      };
    },
  };
}

/** Sources with fewer windows than this are scaled like all others together. */
const MIN_WINDOWS_OF_SOURCE = 30;

/** @param rows raw vectors of healthy windows, and whose they are; at least one */
export function learnScaling(
  features: readonly FeatureDeclaration[],
  rows: readonly { readonly source: string; readonly raw: Float64Array }[],
): Scaling {
  const bySource = new Map<string, Float64Array[]>();
  for (const { source, raw } of rows) {
    const own = bySource.get(source);
    if (own) own.push(raw);
    else bySource.set(source, [raw]);
  }
  return {
    pooled: locate(
      features,
      rows.map((row) => row.raw),
    ),
    bySource: [...bySource]
      .filter(([, own]) => own.length >= MIN_WINDOWS_OF_SOURCE)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, own]) => ({ source, scaling: locate(features, own) })),
  };
}

function locate(features: readonly FeatureDeclaration[], rows: readonly Float64Array[]): SourceScaling {
  const median: number[] = [];
  const spread: number[] = [];
  features.forEach(({ unit }, index) => {
    const values = Float64Array.from(rows, (row) => transformFeature(unit, row[index]!)).sort();
    const middle = medianOf(values);
    const deviations = values.map((value) => Math.abs(value - middle)).sort();
    median.push(middle);
    spread.push(Math.max(SPREAD_FLOOR[unit], 1.4826 * medianOf(deviations)));
  });
  return { median, spread };
}

/** @param sorted ascending, at least one value */
export function medianOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
