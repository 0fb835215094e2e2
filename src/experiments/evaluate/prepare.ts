// What the measures of every group of labels share, worked out once: alerts, delays, how each label ranks, and the
// alerts there would be at other thresholds.

import { type AlertEvent, alertEvents, detectionDelaysMs } from './events.js';
import { type LabelRank, rankLabels } from './event-ranking.js';
import { type HealthyTime, healthyTime } from './healthy-time.js';
import type { JudgedWindow, Judgement } from './match-labels.js';
import type { Ranked } from './metrics.js';
import type { EvaluateOptions } from './options.js';
import { rankWindows } from './window-measures.js';

export interface Prepared {
  readonly judgement: Judgement;
  /** The windows of `judgement` by score. */
  readonly ranked: Ranked;
  readonly healthy: HealthyTime;
  readonly events: readonly AlertEvent[];
  /** By label index; caught labels only. */
  readonly delaysMs: ReadonlyMap<number, number>;
  readonly ranks: ReadonlyMap<number, LabelRank>;
  /** The alerts there would be at falling thresholds, as the labels they belong to. */
  readonly sweep: readonly AlertsAtThreshold[];
}

export interface AlertsAtThreshold {
  readonly labelsOfTrueAlerts: readonly (readonly number[])[];
  readonly falseAlerts: number;
}

/** Recall by event changes only at the labels' own scores; beyond this many of them the curve takes every nth. */
const MAX_SWEEP_THRESHOLDS = 64;

export function isAlerting(window: JudgedWindow): boolean {
  return window.row.alert;
}

export function prepare(judgement: Judgement, options: Required<EvaluateOptions>): Prepared {
  const { windows, labels } = judgement;
  const events = alertEvents(windows, isAlerting, options);
  const isJudged = new Set(judgement.judgedLabels);
  const ranks = rankLabels(judgement, options.graceMs);
  const sweep = labelThresholds(ranks).map((threshold) => {
    const alerts = alertEvents(windows, ({ row }) => row.score >= threshold, options);
    const labelsOfTrueAlerts = alerts.map((event) => event.labels).filter((found) => found.length > 0);
    return { labelsOfTrueAlerts, falseAlerts: alerts.length - labelsOfTrueAlerts.length };
  });
  return {
    judgement,
    ranked: rankWindows(windows),
    healthy: healthyTime(windows),
    events,
    delaysMs: new Map([...detectionDelaysMs(events, labels)].filter(([label]) => isJudged.has(label))),
    ranks,
    sweep,
  };
}

function labelThresholds(ranks: ReadonlyMap<number, LabelRank>): number[] {
  const scores = [...new Set([...ranks.values()].flatMap(({ score }) => score ?? []))].sort((a, b) => b - a);
  if (scores.length <= MAX_SWEEP_THRESHOLDS) return scores;
  const stride = (scores.length - 1) / (MAX_SWEEP_THRESHOLDS - 1);
  return Array.from({ length: MAX_SWEEP_THRESHOLDS }, (_, i) => scores[Math.round(i * stride)]!);
}
