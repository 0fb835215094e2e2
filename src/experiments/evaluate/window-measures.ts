// Every window by itself: does the score rank the positive ones above the healthy ones, and does the alert hit them?
//
// There is no point adjustment (counting a whole labelled stretch as found once one window in it alerts): under it
// random scores win (Kim et al., 2022, "Towards a Rigorous Evaluation of Time-Series Anomaly Detection", AAAI).

import type { JudgedWindow } from './match-labels.js';
import {
  averagePrecision,
  type Confusion,
  f1,
  falsePositiveRate,
  precision,
  rankByScore,
  ratio,
  recall,
  rocAuc,
} from './metrics.js';

/** Null wherever there is nothing to divide by. Rates are in [0, 1]. */
export interface WindowMeasures {
  readonly windows: number;
  readonly positives: number;
  /** Share of positives: what PR-AUC and precision are by chance. */
  readonly baseRate: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** Share of the healthy windows that alert. */
  readonly falsePositiveRate: number | null;
  readonly rocAuc: number | null;
  readonly prAuc: number | null;
}

/** @param isInGroup by label index: windows that are positive for other labels alone are left out */
export function measureWindows(
  windows: readonly JudgedWindow[],
  isInGroup: (label: number) => boolean,
): WindowMeasures {
  const scores: number[] = [];
  const isPositive: boolean[] = [];
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  for (const { row, positiveFor } of windows) {
    const positive = positiveFor.some(isInGroup);
    if (!positive && positiveFor.length > 0) continue;
    scores.push(row.score);
    isPositive.push(positive);
    counts[outcome(row.alert, positive)]++;
  }
  const ranked = rankByScore(scores, isPositive);
  const positives = counts.truePositives + counts.falseNegatives;
  return {
    windows: scores.length,
    positives,
    baseRate: ratio(positives, scores.length),
    precision: precision(counts),
    recall: recall(counts),
    f1: f1(counts),
    falsePositiveRate: falsePositiveRate(counts),
    rocAuc: rocAuc(ranked),
    prAuc: averagePrecision(ranked),
  };
}

function outcome(alert: boolean, positive: boolean): keyof Confusion {
  if (positive) return alert ? 'truePositives' : 'falseNegatives';
  return alert ? 'falsePositives' : 'trueNegatives';
}
