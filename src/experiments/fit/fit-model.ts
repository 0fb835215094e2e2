// From healthy windows to feature spec, detector and threshold. Every number that is calibrated comes from windows
// left out of what computed it: templates' novelty, TF-IDF residuals and rates look harmless on what they were
// learned from.
import type { DetectorPart } from '../../core/artifact.js';
import type { DetectorInput, DetectorName } from '../../core/detector/detector.js';
import { detectorByName } from '../../core/detector/registry.js';
import type { FeatureSpec } from '../../core/features/feature-spec.js';
import { createScaler, learnScaling } from '../../core/features/scale.js';
import type { TrainingWindow } from '../../core/features/training-window.js';
import { learnUnknownSource } from '../../core/features/unknown-source.js';
import { chooseThreshold, type HealthyPeak, type Threshold } from '../../core/threshold.js';
import { assignFolds } from './folds.js';
import { featurizerOf, learnSpec, type SpecInputs, vectorsOf } from './learn-spec.js';

export interface ModelOptions {
  readonly detector: DetectorName;
  readonly holdMs: number;
  readonly budgetPerDay: number;
  readonly seed: string;
}

export interface FittedModel {
  readonly spec: FeatureSpec;
  readonly detector: DetectorPart;
  readonly threshold: Omit<Threshold, 'expectedRecall'>;
}

/** Fewer windows than this cannot say what is usual. */
export const MIN_WINDOWS = 40;

/** What a fit learns before it knows the detector; several detectors can share it. */
export interface LearnedFeatures {
  readonly spec: FeatureSpec;
  readonly windows: readonly TrainingWindow[];
  readonly folds: readonly number[];
  /** Left-out vectors, one a window. */
  readonly inputs: readonly DetectorInput[];
}

/**
 * @param windows healthy, by source and time
 * @throws RangeError when they are too few
 */
export function learnFeatures(
  windows: readonly TrainingWindow[],
  specInputs: SpecInputs,
  onProgress: (done: number, total: number) => void = () => {},
): LearnedFeatures {
  if (windows.length < MIN_WINDOWS)
    throw new RangeError(
      `${windows.length} windows of ${specInputs.window.windowMs / 1000} s are too few to learn what is usual: at least ${MIN_WINDOWS} are needed, so give more healthy logs or a shorter window`,
    );
  const folds = assignFolds(windows, specInputs.window.hopMs);
  const distinct = [...new Set(folds)].sort((a, b) => a - b);
  const raw: Float64Array[] = [];
  for (const fold of distinct) {
    onProgress(distinct.indexOf(fold), distinct.length + 1);
    const spec = learnSpec(
      windows.filter((_, index) => folds[index] !== fold),
      specInputs,
    );
    const left = windows.flatMap((_, index) => (folds[index] === fold ? [index] : []));
    vectorsOf(windows, left, featurizerOf(spec, specInputs)).forEach((vector, i) => {
      raw[left[i]!] = vector;
    });
  }
  onProgress(distinct.length, distinct.length + 1);
  const spec = learnSpec(windows, specInputs);
  const scaling = learnScaling(
    spec.features,
    windows.map(({ source }, index) => ({ source, raw: raw[index]! })),
  );
  const scaler = createScaler(spec.features, scaling);
  return {
    // not in the specs of the folds: what calibrates the detector is what sources of the fit are held to
    spec: { ...spec, scaling, unknownSource: learnUnknownSource(windows) },
    windows,
    folds,
    inputs: windows.map(({ source, startMs }, index) => {
      let scaled: Float64Array | undefined;
      return {
        source,
        startMs,
        raw: raw[index]!,
        // most detectors never ask, and of a long fit this is the largest part
        get scaled() {
          return (scaled ??= scaler.scale(source, raw[index]!));
        },
      };
    }),
  };
}

export function fitDetector(learned: LearnedFeatures, options: ModelOptions): FittedModel {
  const { spec, inputs, windows } = learned;
  const detector = detectorByName(options.detector);
  const model = detector.fit(spec.features, inputs, { seed: options.seed });
  return {
    spec,
    detector: { name: options.detector, holdMs: options.holdMs, model },
    threshold: chooseThreshold(
      peaksOf(windows, leftOutScores(learned, options), options.holdMs),
      windows.length * spec.window.hopMs,
      options.budgetPerDay,
      options.seed,
    ),
  };
}

/** Momentary scores of each window by a detector that was fitted without its fold. */
function leftOutScores({ spec, inputs, folds }: LearnedFeatures, options: ModelOptions): readonly number[] {
  const detector = detectorByName(options.detector);
  const scores: number[] = [];
  for (const fold of new Set(folds)) {
    const kept = inputs.filter((_, index) => folds[index] !== fold);
    // with a single fold there is nothing else to fit on
    const model = detector.fit(spec.features, kept.length < 2 ? inputs : kept, { seed: options.seed });
    const fitted = detector.create(spec.features, model);
    inputs.forEach((input, index) => {
      if (folds[index] === fold) scores[index] = fitted.scoreOne(input);
    });
  }
  return scores;
}

/** Local maxima of the held score within each stretch: what a person would get as one alert each. */
function peaksOf(
  windows: readonly TrainingWindow[],
  momentary: readonly number[],
  holdMs: number,
): readonly HealthyPeak[] {
  const held = windows.map(({ stretch, endMs }, index) => {
    let highest = momentary[index]!;
    for (let i = index - 1; windows[i]?.stretch === stretch && windows[i]!.endMs > endMs - holdMs; i--)
      highest = Math.max(highest, momentary[i]!);
    return highest;
  });
  const peaks: HealthyPeak[] = [];
  windows.forEach(({ stretch, startMs }, index) => {
    const isRising = windows[index - 1]?.stretch !== stretch || held[index - 1]! < held[index]!;
    if (!isRising) return;
    let end = index;
    while (windows[end + 1]?.stretch === stretch && held[end + 1] === held[index]) end++;
    const falls = windows[end + 1]?.stretch !== stretch || held[end + 1]! < held[index]!;
    if (falls) peaks.push({ score: held[index]!, startMs });
  });
  return peaks;
}
