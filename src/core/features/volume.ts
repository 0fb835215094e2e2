// Volumes and rates of one window, and their rolling statistics.
import type { Pane } from '../window/pane.js';
import type { FeatureDeclaration } from './feature-spec.js';

/** Volumes, then rates: the base of the rolling statistics, in the order of `volumesAndRates`. */
export const VOLUME_FEATURES: readonly FeatureDeclaration[] = [
  { name: 'log_count', unit: 'records', formula: 'records in the window' },
  { name: 'error_count', unit: 'records', formula: 'records with severity ERROR' },
  { name: 'fatal_count', unit: 'records', formula: 'records with severity FATAL' },
  { name: 'warn_count', unit: 'records', formula: 'records with severity WARN' },
  { name: 'info_count', unit: 'records', formula: 'records with severity INFO' },
  { name: 'critical_count', unit: 'records', formula: 'error_count + fatal_count' },
  { name: 'error_rate', unit: 'ratio', formula: 'error_count / log_count; 0 in an empty window' },
  { name: 'fatal_rate', unit: 'ratio', formula: 'fatal_count / log_count; 0 in an empty window' },
  { name: 'warn_rate', unit: 'ratio', formula: 'warn_count / log_count; 0 in an empty window' },
  { name: 'critical_rate', unit: 'ratio', formula: 'critical_count / log_count; 0 in an empty window' },
  { name: 'warn_to_info_ratio', unit: 'ratio', formula: 'warn_count / max(1, info_count)' },
];

/** ERROR and FATAL records. */
export function criticalCount(window: Pane): number {
  return (window.severityCounts[5] ?? 0) + (window.severityCounts[6] ?? 0);
}

export function volumesAndRates(window: Pane): readonly number[] {
  const [, , , info = 0, warn = 0, error = 0, fatal = 0] = window.severityCounts;
  const all = window.records;
  const critical = criticalCount(window);
  const rate = (count: number): number => (all === 0 ? 0 : count / all);
  return [
    all,
    error,
    fatal,
    warn,
    info,
    critical,
    rate(error),
    rate(fatal),
    rate(warn),
    rate(critical),
    warn / Math.max(1, info),
  ];
}

export const ROLLING_STATISTICS = ['mean', 'min', 'max', 'std', 'p95'] as const;

/** @param rollingMs length of the horizon, as it is named in each feature: `error_rate_mean_5m` */
export function rollingFeatures(rollingMs: number): readonly FeatureDeclaration[] {
  const horizon = horizonName(rollingMs);
  const how: Record<(typeof ROLLING_STATISTICS)[number], string> = {
    mean: 'arithmetic mean',
    min: 'least value',
    max: 'greatest value',
    std: 'population standard deviation',
    p95: '95th percentile, linear between order statistics',
  };
  return VOLUME_FEATURES.flatMap((base) =>
    ROLLING_STATISTICS.map((statistic) => ({
      name: `${base.name}_${statistic}_${horizon}`,
      unit: base.unit,
      formula: `${how[statistic]} of ${base.name} over the windows that end in the last ${horizon}`,
    })),
  );
}

/** Mean, min, max, population standard deviation and p95 of at least one value, in the order of ROLLING_STATISTICS. */
export function rollingStatistics(values: readonly number[]): readonly number[] {
  const n = values.length;
  const sorted = sortedCopy(values);
  const least = sorted[0] ?? 0;
  const greatest = sorted[n - 1] ?? 0;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  const position = 0.95 * (n - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(n - 1, below + 1)] ?? 0;
  return [mean, least, greatest, Math.sqrt(squares / n), low + (position - below) * (high - low)];
}

/** Up to this many values insertion is quicker than a call of the engine's sort; a typed array is slow to make. */
const FEW = 32;

function sortedCopy(values: readonly number[]): readonly number[] {
  const sorted = values.slice();
  if (sorted.length > FEW) return sorted.sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++) {
    const value = sorted[i]!;
    let to = i;
    for (; to > 0 && sorted[to - 1]! > value; to--) sorted[to] = sorted[to - 1]!;
    sorted[to] = value;
  }
  return sorted;
}

function horizonName(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1000}s`;
}
