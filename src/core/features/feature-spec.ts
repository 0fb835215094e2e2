// The feature spec: everything that turns a closed window into a vector of numbers, as data.
// The notebook writes it, the stream reads it, and neither has a formula of its own.
import type { SeverityClass } from '../window/pane.js';
import type { WindowSpec } from '../window/window-spec.js';

export const FEATURE_SPEC_VERSION = 1;

export interface FeatureSpec {
  readonly version: typeof FEATURE_SPEC_VERSION;
  readonly window: WindowSpec;
  /** How far back the rolling statistics look, ms, the window itself included. */
  readonly rollingMs: number;
  /** Whether the hour of day is a feature. */
  readonly seasonality: boolean;
  /** In the order of the vector. */
  readonly features: readonly FeatureDeclaration[];
  readonly families: readonly TemplateFamily[];
  /** What each source usually says; sorted by source. */
  readonly vocabularies: readonly Vocabulary[];
  readonly scaling: Scaling;
  /** Absent in specs of before such sources were held to anything. */
  readonly unknownSource?: UnknownSourceBasis;
}

export type FeatureUnit = 'records' | 'line types' | 'ratio' | 'bans' | 'distance' | 'weight' | 'cycle';

export interface FeatureDeclaration {
  readonly name: string;
  /** `bans`: -log10 of a probability under the healthy windows of the fit; `weight`: of TF-IDF. */
  readonly unit: FeatureUnit;
  readonly formula: string;
}

/** Templates that share their words, found on the template texts. */
export interface TemplateFamily {
  /** The words that tell it from the others, joined with `_`. */
  readonly name: string;
  readonly templateIds: readonly string[];
}

/** What one source said in the healthy windows of the fit. */
export interface Vocabulary {
  readonly source: string;
  /** Windows it was learned from. */
  readonly windows: number;
  readonly types: readonly KnownLineType[];
  readonly presence: PresenceBasis;
  readonly silence: SilenceOdds;
  /** ERROR and FATAL records in a window. */
  readonly critical: CountMoments;
  /** Records in a window. */
  readonly volume: CountMoments;
  /** Median of the records in a window, silent ones included; absent in specs of before falls were looked at. */
  readonly usualRecords?: number;
}

/** What a source that the fit did not know is held to. */
export interface UnknownSourceBasis {
  /** ERROR and FATAL records in a window, no fewer than of any source of the fit. */
  readonly critical: CountMoments;
  /** That many ERROR and FATAL, or fewer, are in 99 of 100 windows of every source of the fit. */
  readonly usualMost: number;
}

/** Records a window, under a negative binomial distribution. */
export interface CountMoments {
  readonly mean: number;
  readonly variance: number;
}

export interface KnownLineType {
  readonly service: string;
  readonly severityClass: SeverityClass;
  readonly templateId: string;
  /** Windows that held it (its document frequency). */
  readonly windows: number;
  /** Records in a window that holds it. */
  readonly counts: CountMoments;
  /** Inverse document frequency, 1 + ln(N / (1 + windows)). */
  readonly idf: number;
  /** Never missing from as many windows in a row as the rolling horizon holds. */
  readonly steady: boolean;
}

/** Principal components of the healthy windows' TF-IDF on presence; vectors as long as `types`. */
export interface PresenceBasis {
  /** Inverse document frequency of a line type that no window held. */
  readonly newIdf: number;
  readonly mean: readonly number[];
  readonly components: readonly (readonly number[])[];
}

/** P(k silent windows in a row) = `first` · `next`^(k-1), whatever was said before. */
export interface SilenceOdds {
  readonly first: number;
  readonly next: number;
  /**
   * Of records in a window that has fewer than those before it: variance = mean + spread · mean². Absent where too few
   * windows of the fit say it, and in specs of before it was learned.
   */
  readonly spread?: number;
}

/** Robust location and spread of every feature, by source; `pooled` serves sources that the fit did not know. */
export interface Scaling {
  readonly pooled: SourceScaling;
  readonly bySource: readonly { readonly source: string; readonly scaling: SourceScaling }[];
}

/** In transformed units (see `transformFeature`), in the order of the features. */
export interface SourceScaling {
  readonly median: readonly number[];
  /** 1.4826 · median absolute deviation, not below the unit's floor. */
  readonly spread: readonly number[];
}
