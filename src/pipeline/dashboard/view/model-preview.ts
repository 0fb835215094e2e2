// Another threshold asked of the past: the slider's steps, and its answer in words. Scores crowd near the threshold, so the
// slider goes along the thresholds at which the number of alerts changes, not along the scores.
import type { ThresholdPreview } from '../api-reports.js';
import { countOf, countText } from './number-text.js';
import { durationText } from './time-text.js';

export type CurvePoint = ThresholdPreview['curve'][number];

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Thresholds that the slider stops at: those of the curve and the model's own, laxest first, each once.
 *
 * @param curve in any order
 */
export function sliderSteps(curve: readonly CurvePoint[], ownThreshold: number): readonly number[] {
  return [...new Set([...curve.map(({ threshold }) => threshold), ownThreshold])].sort((a, b) => a - b);
}

/** Index of the step next to a threshold; of the lower one where two are as near. -1 when there are no steps. */
export function nearestStep(steps: readonly number[], threshold: number): number {
  let nearest = -1;
  let distance = Infinity;
  steps.forEach((step, index) => {
    if (Math.abs(step - threshold) >= distance) return;
    nearest = index;
    distance = Math.abs(step - threshold);
  });
  return nearest;
}

/** Laxest threshold of the curve with at most so many alerts a day; undefined where even the strictest gives more. */
export function thresholdForBudget(
  curve: readonly CurvePoint[],
  alertsPerDay: number,
  coveredMs: number,
): number | undefined {
  const most = (alertsPerDay * coveredMs) / DAY_MS;
  return curve
    .filter(({ alerts }) => alerts <= most)
    .reduce<number | undefined>(
      (laxest, { threshold }) => (laxest === undefined || threshold < laxest ? threshold : laxest),
      undefined,
    );
}

/** Whether a rate by the day can be told of so much time: what less of it says is chance. */
export function isLongEnough(coveredMs: number): boolean {
  return coveredMs >= HOUR_MS;
}

/**
 * `3 alerts instead of 9, 0.4 a day over 7 d; it would have spared 4 judged false and lost 1 judged real`; of less than an hour
 * `3 alerts, as many as now, in 12 min`.
 */
export function previewWords(preview: ThresholdPreview): string {
  const { alerts, alertsNow, alertsPerDay, coveredMs, realLost, falseSpared } = preview;
  const day = isLongEnough(coveredMs)
    ? `${perDay(alertsPerDay)} a day over ${durationText(coveredMs)}`
    : `in ${durationText(coveredMs)}`;
  const told = countOf(alerts, 'alert');
  const against =
    alerts === alertsNow
      ? `${told}, as many as now, ${day}`
      : `${told} instead of ${countText(alertsNow)}, ${day}`;
  const judged = [
    falseSpared > 0 ? `spared ${falseSpared} judged false` : '',
    realLost > 0 ? `lost ${realLost} judged real` : '',
  ].filter((each) => each !== '');
  return judged.length === 0 ? against : `${against}; it would have ${judged.join(' and ')}`;
}

/** `0.4`, `12`: one decimal below ten. */
export function perDay(alerts: number): string {
  return alerts >= 10 ? countText(alerts) : String(Math.round(alerts * 10) / 10);
}

/**
 * A threshold with as many decimals as tell it from those next to it, at least two: they crowd below 1, and two that look
 * alike are of no use on a slider.
 */
export function thresholdWords(threshold: number, steps: readonly number[]): string {
  const gaps = steps.map((step) => Math.abs(step - threshold)).filter((gap) => gap > 0);
  const nearest = Math.min(1, ...gaps);
  const decimals = Math.min(8, Math.max(2, Math.ceil(-Math.log10(nearest)) + 1));
  return threshold.toFixed(decimals);
}
