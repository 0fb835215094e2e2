// The default: several kinds of evidence, each as the surprise that it would be in a healthy window, added up
// (Fisher 1925). One null is pooled over all sources: a null of its own for each is too thin to trust.
import { type Contribution, type Detector, type DetectorInput, featureIndex, squash } from './detector.js';
import { learnNull, type NullDistribution, surpriseOf } from './null-distribution.js';

/** The evidence that is combined, with the least scale of its tail. */
const EVIDENCE = [
  { feature: 'new_template_count', grain: 1 },
  { feature: 'tfidf_residual', grain: 1 },
  { feature: 'count_excess', grain: 1 },
  { feature: 'silence', grain: 1 },
  { feature: 'critical_excess', grain: 1 },
  { feature: 'volume_excess', grain: 1 },
  { feature: 'fall', grain: 1 },
] as const;

/** Bans that score 0.5: what one in ten thousand healthy windows would show. */
const HALF_BANS = 4;

interface CombinedModel {
  readonly evidence: readonly { readonly feature: string; readonly null: NullDistribution }[];
}

export const combined: Detector<CombinedModel> = {
  name: 'combined',
  sentence: 'new lines, a strange mix of lines, far too many lines or errors, far too few, or silence',
  fit: (features, windows) => ({
    evidence: EVIDENCE.map(({ feature, grain }) => {
      const index = featureIndex(features, feature);
      return {
        feature,
        null: learnNull(
          Float64Array.from(windows, ({ raw }) => raw[index]!),
          grain,
        ),
      };
    }),
  }),
  create: (features, model) => {
    const evidence = model.evidence.map((each) => ({
      feature: featureIndex(features, each.feature),
      null: each.null,
    }));
    const surprises = ({ raw }: DetectorInput): readonly Contribution[] =>
      evidence.map((each) => ({ feature: each.feature, amount: surpriseOf(each.null, raw[each.feature]!) }));
    return {
      scoreOne: (input) =>
        squash(
          surprises(input).reduce((sum, { amount }) => sum + amount, 0),
          HALF_BANS,
        ),
      contributions: (input) =>
        surprises(input)
          .filter(({ amount }) => amount > 0)
          .sort((a, b) => b.amount - a.amount || a.feature - b.feature),
    };
  },
};
