// How many labelled anomalies in the fit's own data the fitted model would have caught. They took no part in the fit.
import type { DetectorPart } from '../../core/artifact.js';
import { detectorByName } from '../../core/detector/registry.js';
import type { FeatureSpec } from '../../core/features/feature-spec.js';
import { createScaler } from '../../core/features/scale.js';
import type { TrainingWindow } from '../../core/features/training-window.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import type { Label } from '../labels.js';
import { featurizerOf, type SpecInputs, vectorsOf } from './learn-spec.js';

/**
 * @param windows all windows of the fit's data, labelled ones among them, by source and time
 * @param labels those outside of the time of the windows (`fit --until`) do not count: nothing could have caught them
 * @returns share of labels with a window of one of their services at or above the threshold; null without labels
 */
export function recallOnLabels(
  windows: readonly TrainingWindow[],
  labels: readonly Label[],
  model: { readonly spec: FeatureSpec; readonly detector: DetectorPart },
  threshold: number,
  specInputs: SpecInputs,
): number | null {
  const inData = labelsWithin(windows, labels);
  if (inData.length === 0) return null;
  const { spec, detector } = model;
  const featurizer = featurizerOf(spec, specInputs);
  const scaler = createScaler(spec.features, spec.scaling);
  const fitted = detectorByName(detector.name).create(spec.features, detector.model);
  const caught = inData.filter((label) => {
    const touched = windows.flatMap(({ source, startMs, endMs }, index) =>
      startMs < label.endMs &&
      label.startMs < endMs &&
      (source === ALL_SOURCES || label.services.includes(source))
        ? [index]
        : [],
    );
    return vectorsOf(windows, touched, featurizer).some((raw, i) => {
      const { source, startMs } = windows[touched[i]!]!;
      return fitted.scoreOne({ source, startMs, raw, scaled: scaler.scale(source, raw) }) >= threshold;
    });
  });
  return caught.length / inData.length;
}

/** Labels that the time of the windows overlaps. */
export function labelsWithin(
  windows: readonly Pick<TrainingWindow, 'startMs' | 'endMs'>[],
  labels: readonly Label[],
): readonly Label[] {
  const startMs = windows.reduce((least, each) => Math.min(least, each.startMs), Infinity);
  const endMs = windows.reduce((greatest, each) => Math.max(greatest, each.endMs), -Infinity);
  return labels.filter((label) => label.startMs < endMs && startMs < label.endMs);
}
