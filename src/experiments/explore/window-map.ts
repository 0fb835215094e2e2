// All windows as principal components of healthy ones see them (ml-pca): where they lie on the plane of the first two,
// and how far they lie from that plane. Health is a density, each anomaly the one of its windows that is furthest out.
import { PCA } from 'ml-pca';
import type { Label } from '../labels.js';
import { healthyWindows, stretchOf } from './stretches.js';
import type { SourceWindows, WindowTable } from './window-table.js';

export interface WindowMap {
  /** Share of the healthy variance that each of the two components holds, 0 to 1. */
  readonly variance: readonly [number, number];
  /** By component: the features that weigh most, greatest first, with their signed weight. */
  readonly meaning: readonly (readonly { readonly feature: string; readonly weight: number }[])[];
  /** Healthy windows after the fit. */
  readonly healthy: readonly Place[];
  readonly anomalies: readonly { readonly label: Label; readonly at: Place }[];
}

/** First component, second component, distance from the plane of both; in spreads of healthy windows. */
export type Place = readonly [first: number, second: number, distance: number];

/** Windows that the components are computed from, evenly spaced. */
const MAX_ROWS = 5000;
/** z-values are cut here: one wild window must not turn the axes towards itself. */
const MAX_Z = 8;
const GRACE_MS = 10 * 60_000;
const FEATURES_IN_MEANING = 4;

/** @param features indexes into the table's features; those that never vary in the fit count in the distance alone */
export function mapWindows(
  table: WindowTable,
  labels: readonly Label[],
  features: readonly number[],
): WindowMap {
  const cutOf = (source: string, raw: Float64Array): number[] => {
    const scaled = table.scaler.scale(source, raw);
    return features.map((feature) => Math.max(-MAX_Z, Math.min(MAX_Z, scaled[feature]!)));
  };
  const fitRows = table.sources.flatMap(({ source, rows }) =>
    rows.filter(({ endMs }) => endMs <= table.fitUntilMs).map(({ features: raw }) => ({ source, raw })),
  );
  const step = Math.max(1, Math.ceil(fitRows.length / MAX_ROWS));
  const sample = fitRows
    .filter((_, index) => index % step === 0)
    .map(({ source, raw }) => cutOf(source, raw));
  // one that varies more than its robust spread says would own the first component; never more weight than a z-value
  const divisors = features.map((_, i) => Math.max(1, spreadOf(sample.map((row) => row[i]!))));
  const standardize = (cut: number[]): number[] => cut.map((value, i) => value / divisors[i]!);
  const vectorOf = (source: string, raw: Float64Array): number[] => standardize(cutOf(source, raw));
  const pca = new PCA(sample.map(standardize), { center: true, scale: false });
  const place = (vectors: number[][]): readonly Place[] =>
    vectors.length === 0
      ? []
      : pca
          .predict(vectors)
          .to2DArray()
          .map(([first = 0, second = 0, ...others]) => [first, second, Math.hypot(...others)] as const);

  const healthy: Place[] = [];
  const anomalies: { label: Label; at: Place }[] = [];
  for (const own of table.sources) {
    const grid = { ...own, windows: own.rows.length };
    const isHealthy = healthyWindows(grid, labels, GRACE_MS);
    const vectors = (rows: SourceWindows['rows']): number[][] =>
      rows.map((row) => vectorOf(own.source, row.features));
    healthy.push(
      ...place(vectors(own.rows.filter((row, i) => isHealthy[i] === 1 && row.startMs >= table.fitUntilMs))),
    );
    for (const label of labels.filter(({ rootService }) => rootService === own.source)) {
      const { from, to } = stretchOf(grid, label);
      const at = furthest(place(vectors(own.rows.slice(from, to))));
      if (at) anomalies.push({ label, at });
    }
  }
  const [first = 0, second = 0] = pca.getExplainedVariance();
  const loadings = pca.getLoadings().to2DArray();
  return {
    variance: [first, second],
    meaning: [0, 1].map((axis) =>
      features
        .map((feature, i) => ({ feature: table.features[feature]!.name, weight: loadings[axis]![i]! }))
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
        .slice(0, FEATURES_IN_MEANING),
    ),
    healthy,
    anomalies,
  };
}

/** Population standard deviation. */
function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function furthest(places: readonly Place[]): Place | undefined {
  let best: Place | undefined;
  for (const place of places) if (!best || Math.hypot(...place) > Math.hypot(...best)) best = place;
  return best;
}
