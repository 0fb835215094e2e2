// Whether a promise is kept on time that the fit never saw: false alerts against the budget, and labels caught.
import { alertEvents, detectionDelaysMs, isFalse } from '../evaluate/events.js';
import { dayMs, healthyTime } from '../evaluate/healthy-time.js';
import { judge } from '../evaluate/match-labels.js';
import { resolveOptions } from '../evaluate/options.js';
import type { ScoredWindow } from '../evaluate/scored-window.js';
import type { Labels } from '../labels.js';
import { type Interval, poissonInterval, shareInterval } from '../../core/count-intervals.js';

export interface HeldOut {
  readonly falseAlerts: number;
  /** Healthy time, summed over sources: what a budget a day and source is counted against. */
  readonly sourceDays: number;
  /** A day and source. */
  readonly falseAlertsPerDay: number;
  readonly perDayInterval: Interval;
  readonly labels: number;
  readonly caught: number;
  readonly recallInterval: Interval;
}

/**
 * @param rows of time behind the fit
 * @returns what a threshold would have done there
 * @throws RangeError when none of it is healthy: then nothing can be said about false alerts
 */
export function createHeldOut(rows: readonly ScoredWindow[], labels: Labels): (threshold: number) => HeldOut {
  const options = resolveOptions();
  const { windows, judgedLabels } = judge(rows, labels, options.graceMs);
  const healthyMs = [...healthyTime(windows).bySourceMs.values()].reduce((sum, each) => sum + each, 0);
  const sourceDays = healthyMs / dayMs;
  if (healthyMs === 0)
    throw new RangeError('no window behind the fit is healthy: fit on less of the log, or check the labels');
  return (threshold) => {
    const events = alertEvents(windows, ({ row }) => row.score >= threshold, options);
    const found = detectionDelaysMs(events, labels.labels);
    const caught = judgedLabels.filter((label) => found.has(label)).length;
    const falseAlerts = events.filter(isFalse).length;
    const [low, high] = poissonInterval(falseAlerts);
    return {
      falseAlerts,
      sourceDays,
      falseAlertsPerDay: falseAlerts / sourceDays,
      perDayInterval: [low / sourceDays, high / sourceDays],
      labels: judgedLabels.length,
      caught,
      recallInterval: shareInterval(caught, judgedLabels.length),
    };
  };
}
