// The feature spec of a set of healthy windows, and feature vectors under it.
import { declareFeatures } from '../../core/features/features.js';
import {
  FEATURE_SPEC_VERSION,
  type FeatureSpec,
  type TemplateFamily,
} from '../../core/features/feature-spec.js';
import { createFeaturizer, type Featurizer } from '../../core/features/featurizer.js';
import { learnVocabulary } from '../../core/features/learn-vocabulary.js';
import type { TrainingWindow } from '../../core/features/training-window.js';
import type { TemplateDictionary } from '../../core/template/template.js';
import type { LineTypeKeys } from '../../core/window/line-type.js';
import type { WindowSpec } from '../../core/window/window-spec.js';

export interface SpecInputs {
  readonly window: WindowSpec;
  readonly rollingMs: number;
  readonly seasonality: boolean;
  readonly dictionary: TemplateDictionary;
  readonly keys: LineTypeKeys;
  readonly families: readonly TemplateFamily[];
}

/** Everything but the scaling, which is learned from vectors. */
export type UnscaledSpec = Omit<FeatureSpec, 'scaling'>;

/** @param windows by source and time */
export function learnSpec(windows: readonly TrainingWindow[], inputs: SpecInputs): UnscaledSpec {
  const { window, rollingMs, seasonality, dictionary, keys, families } = inputs;
  const bySource = new Map<string, TrainingWindow[]>();
  for (const each of windows) {
    const own = bySource.get(each.source);
    if (own) own.push(each);
    else bySource.set(each.source, [each]);
  }
  const rollingWindows = Math.max(1, Math.floor(rollingMs / window.hopMs));
  return {
    version: FEATURE_SPEC_VERSION,
    window,
    rollingMs,
    seasonality,
    features: declareFeatures(rollingMs, families, seasonality),
    families,
    vocabularies: [...bySource]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, own]) => learnVocabulary(source, own, rollingWindows, dictionary, keys)),
  };
}

/** @returns a vector for each index in `wanted`; histories reach back within a window's own stretch */
export function vectorsOf(
  windows: readonly TrainingWindow[],
  wanted: readonly number[],
  featurizer: Featurizer,
): readonly Float64Array[] {
  return wanted.map((index) => {
    const last = windows[index]!;
    let first = index;
    while (index - first < featurizer.rollingWindows - 1 && windows[first - 1]?.stretch === last.stretch)
      first--;
    return featurizer.vector(
      last.source,
      windows.slice(first, index + 1).map(({ window }) => window),
      last.endMs,
    );
  });
}

const NO_SCALING = { pooled: { median: [], spread: [] }, bySource: [] };

export function featurizerOf(spec: UnscaledSpec, inputs: SpecInputs): Featurizer {
  return createFeaturizer({ ...spec, scaling: NO_SCALING }, inputs.dictionary, inputs.keys);
}
