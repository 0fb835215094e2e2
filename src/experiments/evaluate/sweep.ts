// What other thresholds would have done: alerts, false alerts and recall from "never" to "on everything".
// For plots, and for finding a threshold by hand.

import type { Labels } from '../labels.js';
import { alertEvents, detectionDelaysMs, isFalse } from './events.js';
import { healthyTime, perDay } from './healthy-time.js';
import { judge, type JudgedWindow, type Judgement } from './match-labels.js';
import { quantile, ratio } from './metrics.js';
import { type EvaluateOptions, resolveOptions } from './options.js';
import type { ScoredWindow } from './scored-window.js';

export interface SweepRow {
  /** A window alerts when its score is at least this. */
  readonly threshold: number;
  /** It is the threshold that some row was scored with. */
  readonly isChosen: boolean;
  /** Over all the time that was scored. */
  readonly alertsADay: number | null;
  /** Over the healthy time. */
  readonly falseAlertsADay: number | null;
  readonly windowRecall: number | null;
  readonly windowPrecision: number | null;
  readonly eventRecall: number | null;
  readonly eventPrecision: number | null;
  readonly medianDelayMs: number | null;
}

/**
 * By rising threshold, one row a distinct one: those that the rows were scored with, and about `steps` scores at
 * which a share of the windows alerts that falls geometrically from all of them to one, since the interesting
 * thresholds are the rare ones. Empty without windows.
 */
export function sweepThresholds(
  rows: Iterable<ScoredWindow>,
  labels: Labels,
  options?: EvaluateOptions,
  steps = 50,
): SweepRow[] {
  if (!(Number.isInteger(steps) && steps >= 2)) {
    throw new RangeError(`steps must be a whole number of at least 2, got ${steps}`);
  }
  const resolved = resolveOptions(options);
  const judgement = judge(rows, labels, resolved.graceMs);
  const chosen = new Set(judgement.windows.map(({ row }) => row.threshold));
  const thresholds = new Set([...quantileThresholds(judgement.windows, steps), ...chosen]);
  const scoredMs = healthyTime(judgement.windows.map((window) => ({ ...window, coveredBy: [] }))).totalMs;
  const healthyMs = healthyTime(judgement.windows).totalMs;
  return [...thresholds]
    .sort((a, b) => a - b)
    .map((threshold) => ({
      threshold,
      isChosen: chosen.has(threshold),
      ...rowAt(judgement, threshold, resolved, scoredMs, healthyMs),
    }));
}

function quantileThresholds(windows: readonly JudgedWindow[], steps: number): number[] {
  const scores = windows.map(({ row }) => row.score).sort((a, b) => b - a);
  if (scores.length === 0) return [];
  return Array.from({ length: steps }, (_, step) => {
    const alerting = scores.length ** (1 - step / (steps - 1));
    return scores[Math.min(scores.length, Math.max(1, Math.round(alerting))) - 1]!;
  });
}

function rowAt(
  { windows, labels, judgedLabels }: Judgement,
  threshold: number,
  options: Required<EvaluateOptions>,
  scoredMs: number,
  healthyMs: number,
): Omit<SweepRow, 'threshold' | 'isChosen'> {
  const isAlert = ({ row }: JudgedWindow): boolean => row.score >= threshold;
  const events = alertEvents(windows, isAlert, options);
  const falseAlerts = events.filter(isFalse).length;
  const found = detectionDelaysMs(events, labels);
  const delays = judgedLabels.flatMap((label) => found.get(label) ?? []).sort((a, b) => a - b);
  const alerting = windows.filter(isAlert);
  const hits = alerting.filter(({ positiveFor }) => positiveFor.length > 0).length;
  const positives = windows.filter(({ positiveFor }) => positiveFor.length > 0).length;
  return {
    alertsADay: perDay(events.length, scoredMs),
    falseAlertsADay: perDay(falseAlerts, healthyMs),
    windowRecall: ratio(hits, positives),
    windowPrecision: ratio(hits, alerting.length),
    eventRecall: ratio(delays.length, judgedLabels.length),
    eventPrecision: ratio(events.length - falseAlerts, events.length),
    medianDelayMs: quantile(delays, 0.5),
  };
}
