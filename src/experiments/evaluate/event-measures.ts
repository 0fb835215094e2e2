// What somebody on call would ask: how many incidents were caught, how soon, and how many alerts were for nothing.

import { isFalse } from './events.js';
import { perDay } from './healthy-time.js';
import { quantile, ratio } from './metrics.js';
import type { AlertsAtThreshold, Prepared } from './prepare.js';

export interface EventMeasures {
  readonly labels: number;
  readonly caught: number;
  readonly recall: number | null;
  /** Alerts that belong to one of these labels, or to none at all. */
  readonly alerts: number;
  readonly trueAlerts: number;
  /** Belong to no label; the benign ones included. */
  readonly falseAlerts: number;
  /** False alerts in a benign stretch. */
  readonly benignFalseAlerts: number;
  /** Of alerts. */
  readonly precision: number | null;
  readonly f1: number | null;
  /** Mean over labels of the share of like healthy stretches that score lower. */
  readonly rocAuc: number | null;
  /** Average precision over thresholds: precision of alerts, weighted by the labels gained. */
  readonly prAuc: number | null;
  /** Over the caught labels. */
  readonly medianDelayMs: number | null;
  readonly p95DelayMs: number | null;
  /** All sources together, a day of healthy time. */
  readonly falseAlertsADay: number | null;
}

/** @param isInGroup by label index: alerts that belong to other labels alone are left out */
export function measureEvents(prepared: Prepared, isInGroup: (label: number) => boolean): EventMeasures {
  const { judgement, ranks, healthy } = prepared;
  const labels = judgement.judgedLabels.filter(isInGroup);
  const delays = labels.flatMap((label) => prepared.delaysMs.get(label) ?? []).sort((a, b) => a - b);
  const separations = labels.flatMap((label) => ranks.get(label)?.separation ?? []);
  const trueAlerts = prepared.events.filter((event) => event.labels.some(isInGroup)).length;
  const falseEvents = prepared.events.filter(isFalse);
  const recall = ratio(delays.length, labels.length);
  const precision = ratio(trueAlerts, trueAlerts + falseEvents.length);
  return {
    labels: labels.length,
    caught: delays.length,
    recall,
    alerts: trueAlerts + falseEvents.length,
    trueAlerts,
    falseAlerts: falseEvents.length,
    benignFalseAlerts: falseEvents.filter((event) => event.benign).length,
    precision,
    f1: recall === null ? null : harmonicMean(recall, precision ?? 0),
    rocAuc: mean(separations),
    prAuc: eventPrAuc(prepared.sweep, new Set(labels), isInGroup),
    medianDelayMs: quantile(delays, 0.5),
    p95DelayMs: quantile(delays, 0.95),
    falseAlertsADay: perDay(falseEvents.length, healthy.totalMs),
  };
}

function harmonicMean(a: number, b: number): number {
  return a + b > 0 ? (2 * a * b) / (a + b) : 0;
}

function mean(values: readonly number[]): number | null {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

function eventPrAuc(
  sweep: readonly AlertsAtThreshold[],
  labels: ReadonlySet<number>,
  isInGroup: (label: number) => boolean,
): number | null {
  let sum = 0;
  let caught = 0;
  for (const { labelsOfTrueAlerts, falseAlerts } of sweep) {
    const right = labelsOfTrueAlerts.filter((found) => found.some(isInGroup));
    const caughtNow = new Set(right.flat().filter((label) => labels.has(label))).size;
    sum += (caughtNow - caught) * (ratio(right.length, right.length + falseAlerts) ?? 0);
    caught = caughtNow;
  }
  return ratio(sum, labels.size);
}
