// Every detector as it would be exported: fitted on the same windows, with the threshold that the alert budget asks for,
// and what it promises. Promises are measured on healthy windows that were left out and on labels that took no part.
import type { Artifact } from '../../core/artifact.js';
import type { DetectorName } from '../../core/detector/detector.js';
import { finishFit, type FitData, type FitOptions } from '../fit/fit.js';
import { labelsWithin } from '../fit/recall-on-labels.js';
import { type Interval, poissonInterval, shareInterval } from '../../core/count-intervals.js';

export interface Candidate {
  readonly detector: DetectorName;
  /** Ready to be written. */
  readonly artifact: Omit<Artifact, 'version'>;
  /** Labels in the fit's own data, and how many of them it catches. */
  readonly labels: number;
  readonly caught: number;
  readonly recallInterval: Interval;
  /** Alerts a day and source on left-out healthy windows, 90 %. */
  readonly alertsInterval: Interval;
}

export function fitCandidates(
  data: FitData,
  options: FitOptions,
  detectors: readonly DetectorName[],
): readonly Candidate[] {
  const labels = labelsWithin(data.windows, data.labels?.labels ?? []).length;
  return detectors.map((detector) => {
    const artifact = finishFit(data, { ...options, detector });
    const { expectedRecall, healthyAlertsPerDay, sourceDays } = artifact.threshold;
    const caught = Math.round((expectedRecall ?? 0) * labels);
    const [low, high] = poissonInterval(Math.round(healthyAlertsPerDay * sourceDays));
    return {
      detector,
      artifact,
      labels,
      caught,
      recallInterval: shareInterval(caught, labels),
      alertsInterval: [low / sourceDays, high / sourceDays],
    };
  });
}

/**
 * All of them keep the budget by the way their thresholds are chosen, so the one that catches most is taken; of several
 * the one with the fewest alerts, then the first.
 *
 * @throws RangeError when there are none
 */
export function bestCandidate(candidates: readonly Candidate[]): Candidate {
  const [best] = [...candidates].sort(
    (a, b) =>
      b.caught - a.caught ||
      a.artifact.threshold.healthyAlertsPerDay - b.artifact.threshold.healthyAlertsPerDay,
  );
  if (!best) throw new RangeError('there is nothing to choose from: name at least one detector');
  return best;
}
