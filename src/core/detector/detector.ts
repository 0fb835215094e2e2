// What every detector is: fitted on feature vectors of healthy windows, plain JSON as a model, and a score in [0, 1]
// for one window at a time that nothing but that window's vector decides.
import type { FeatureDeclaration } from '../features/feature-spec.js';

export const DETECTOR_NAMES = [
  'combined',
  'isolation-forest',
  'pca-residual',
  'tfidf-residual',
  'new-templates',
  'robust-z',
  'count-rate',
  'silence',
  'error-count',
  'null',
  'random',
  'always-on',
] as const;
export type DetectorName = (typeof DETECTOR_NAMES)[number];

/** One window as a detector sees it. */
export interface DetectorInput {
  readonly source: string;
  readonly startMs: number;
  /** Feature values in their own units, in the order of the spec. */
  readonly raw: Float64Array;
  /** The same as robust z-values around what is usual for the source. */
  readonly scaled: Float64Array;
}

/** What moved a score: the share of each feature that did, in the detector's own unit, greatest first. */
export interface Contribution {
  /** Index of the feature. */
  readonly feature: number;
  readonly amount: number;
}

export interface FittedDetector {
  /** In [0, 1]; higher is stranger. The same input gives the same bits. */
  scoreOne(input: DetectorInput): number;
  contributions(input: DetectorInput): readonly Contribution[];
}

export interface Detector<Model = unknown> {
  readonly name: DetectorName;
  /** One sentence for a person who sees an alert of it. */
  readonly sentence: string;
  /**
   * @param windows at least two, healthy, their template features computed by a spec that did not see them
   * @returns plain JSON
   */
  fit(
    features: readonly FeatureDeclaration[],
    windows: readonly DetectorInput[],
    options: { readonly seed: string },
  ): Model;
  create(features: readonly FeatureDeclaration[], model: Model): FittedDetector;
}

/** Index of a feature by name. @throws Error when the spec does not declare it */
export function featureIndex(features: readonly FeatureDeclaration[], name: string): number {
  const index = features.findIndex((feature) => feature.name === name);
  if (index < 0)
    throw new Error(`this detector needs the feature ${name}, which the feature spec does not declare`);
  return index;
}

/**
 * Maps a strangeness in [0, ∞) to [0, 1), monotone: `half` becomes 0.5.
 * A ratio keeps its resolution far out, where an exponential would round to 1.
 */
export function squash(strangeness: number, half: number): number {
  const ratio = strangeness / half;
  return Number.isFinite(ratio) ? ratio / (1 + ratio) : 1;
}

/** Value at a share of the ascending order, nearest rank. */
export function quantile(values: Float64Array, share: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
}
