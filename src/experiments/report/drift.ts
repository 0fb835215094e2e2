// Whether healthy windows still look as they did at the fit: every feature against the location and spread that the
// artifact carries, and the alerts of healthy time against the budget. Nothing but the artifact is needed for it.
import type { FeatureSpec, FeatureUnit } from '../../core/features/feature-spec.js';
import { createScaler } from '../../core/features/scale.js';
import type { Threshold } from '../../core/threshold.js';
import { quantile } from '../evaluate/metrics.js';
import type { JudgedWindow } from '../evaluate/match-labels.js';
import { OUTSIDE_Z } from './moved-features.js';
import { windowKey } from './window-key.js';

export interface Drift {
  /** What passes, in a sentence each. */
  readonly featureRule: string;
  readonly scoreRule: string;
  /** Healthy windows that were looked at; without any, nothing is judged. */
  readonly windows: number;
  /** The furthest first. */
  readonly features: readonly FeatureDrift[];
  readonly score: ScoreDrift;
}

export interface FeatureDrift {
  readonly feature: string;
  readonly unit: FeatureUnit;
  /** Median of the healthy windows less the fit's, in the fit's spreads of their source. 0 at the fit. */
  readonly shift: number;
  /** Share of them more than one spread from the fit's median. At most one half at the fit, by what a spread is. */
  readonly farShare: number;
  /** Share of them outside the usual band. No rule: where a value is mostly 0, that share was not small at the fit. */
  readonly outsideShare: number;
  /** Sources for which the feature does not pass, the worst first. */
  readonly failing: readonly string[];
  readonly passes: boolean;
}

export interface ScoreDrift {
  /** Separate alerts outside labels and benign stretches. */
  readonly healthyAlerts: number;
  readonly sourceDays: number;
  /** What the fit expected in that time: its budget, or its own healthy rate where that is higher. */
  readonly expectedAlerts: number;
  /** Chance of at least as many alerts when that expectation is right (Poisson). */
  readonly probability: number;
  readonly passes: boolean | null;
}

/** Beyond one half, so that a count whose median stands between two values does not flip. */
const MAX_FAR_SHARE = 0.6;
const FAR_Z = 1;
/** Sources with fewer healthy windows are judged with all others together only. */
const MIN_WINDOWS = 100;
const MIN_PROBABILITY = 0.01;

export interface HealthyAlerts {
  readonly alerts: number;
  readonly sourceDays: number;
}

/**
 * @param normal healthy windows
 * @param vectors raw, by `windowKey`
 */
export function measureDrift(
  normal: readonly JudgedWindow[],
  vectors: ReadonlyMap<string, Float64Array>,
  spec: FeatureSpec,
  threshold: Threshold,
  healthy: HealthyAlerts,
): Drift {
  const scaler = createScaler(spec.features, spec.scaling);
  const bySource = new Map<string, Float64Array[]>();
  for (const { row } of normal) {
    const raw = vectors.get(windowKey(row));
    if (raw === undefined) continue;
    const scaled = scaler.scale(row.source, raw);
    const own = bySource.get(row.source);
    if (own) own.push(scaled);
    else bySource.set(row.source, [scaled]);
  }
  const all = [...bySource.values()].flat();
  const features =
    all.length === 0
      ? []
      : spec.features.map(({ name, unit }, index) => featureDrift(name, unit, index, all, bySource));
  return {
    featureRule: `A feature passes when, over all sources together and for each with at least ${MIN_WINDOWS} healthy windows, at most ${100 * MAX_FAR_SHARE} % of these lie more than ${FAR_Z} spread from the fit's median. At the fit itself at most half of them can.`,
    scoreRule: `The score passes when as many alerts in healthy time, or more, are not less likely than ${100 * MIN_PROBABILITY} % under the rate that the fit allowed.`,
    windows: all.length,
    features: features.sort(
      (a, b) =>
        Number(a.passes) - Number(b.passes) ||
        b.failing.length - a.failing.length ||
        Math.abs(b.shift) - Math.abs(a.shift) ||
        b.farShare - a.farShare,
    ),
    score: scoreDrift(threshold, healthy),
  };
}

function featureDrift(
  feature: string,
  unit: FeatureUnit,
  index: number,
  all: readonly Float64Array[],
  bySource: ReadonlyMap<string, readonly Float64Array[]>,
): FeatureDrift {
  const { shift, farShare } = locate(all, index);
  const failing = [...bySource]
    .filter(([, own]) => own.length >= MIN_WINDOWS)
    .map(([source, own]) => ({ source, ...locate(own, index) }))
    .filter(isMoved)
    .sort((a, b) => b.farShare - a.farShare);
  return {
    feature,
    unit,
    shift,
    farShare,
    outsideShare: all.filter((scaled) => Math.abs(scaled[index]!) > OUTSIDE_Z).length / all.length,
    failing: failing.map(({ source }) => source),
    passes: failing.length === 0 && !isMoved({ farShare }),
  };
}

function isMoved({ farShare }: Pick<FeatureDrift, 'farShare'>): boolean {
  return farShare > MAX_FAR_SHARE;
}

function locate(rows: readonly Float64Array[], index: number): Pick<FeatureDrift, 'shift' | 'farShare'> {
  const values = Float64Array.from(rows, (row) => row[index]!).sort();
  const far = values.reduce((count, z) => (Math.abs(z) > FAR_Z ? count + 1 : count), 0);
  return { shift: quantile(values, 0.5)!, farShare: far / values.length };
}

function scoreDrift(threshold: Threshold, { alerts, sourceDays }: HealthyAlerts): ScoreDrift {
  const rate = Math.max(threshold.budgetPerDay, threshold.healthyAlertsPerDay);
  const expectedAlerts = rate * sourceDays;
  const probability = poissonTail(alerts, expectedAlerts);
  return {
    healthyAlerts: alerts,
    sourceDays,
    expectedAlerts,
    probability,
    passes: sourceDays > 0 ? probability >= MIN_PROBABILITY : null,
  };
}

/** P(N >= count) for a Poisson number with this mean; 1 for a count of 0. */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  // in logarithms: e^-mean alone would be 0 for a mean of many hundreds
  let logTerm = -mean;
  let below = Math.exp(logTerm);
  for (let k = 1; k < count; k++) {
    logTerm += Math.log(mean / k);
    below += Math.exp(logTerm);
  }
  return Math.max(0, 1 - below);
}
