// Detectors that look at one feature in which the work is already done.
import { type Detector, type DetectorName, featureIndex, quantile, squash } from './detector.js';

interface Half {
  /** The value that scores 0.5: the 99th percentile of healthy windows, not below the feature's grain. */
  readonly half: number;
}

function singleFeature(name: DetectorName, sentence: string, feature: string, grain: number): Detector<Half> {
  return {
    name,
    sentence,
    fit: (features, windows) => {
      const index = featureIndex(features, feature);
      const values = Float64Array.from(windows, ({ raw }) => raw[index]!);
      return { half: Math.max(grain, quantile(values, 0.99)) };
    },
    create: (features, { half }) => {
      const index = featureIndex(features, feature);
      return {
        scoreOne: ({ raw }) => squash(raw[index]!, half),
        contributions: ({ raw }) => (raw[index]! > 0 ? [{ feature: index, amount: raw[index]! }] : []),
      };
    },
  };
}

export const newTemplates = singleFeature(
  'new-templates',
  'lines of a type never seen in healthy logs',
  'new_template_count',
  1,
);
export const tfidfResidual = singleFeature(
  'tfidf-residual',
  'a mix of line types that healthy logs never show',
  'tfidf_residual',
  1,
);
export const countRate = singleFeature(
  'count-rate',
  'far more of a known line than usual',
  'count_excess',
  1,
);
export const silence = singleFeature('silence', 'a source that should write is silent', 'silence', 1);
