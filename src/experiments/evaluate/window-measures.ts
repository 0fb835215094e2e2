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
  type Ranked,
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

/** Windows by score; sorted once for all groups of labels. */
export function rankWindows(windows: readonly JudgedWindow[]): Ranked {
  return rankByScore(
    windows.map(({ row }) => row.score),
    windows.map(({ positiveFor }) => positiveFor.length > 0),
  );
}

/**
 * @param ranked of the same windows
 * @param isInGroup by label index: windows that are positive for other labels alone are left out
 */
export function measureWindows(
  windows: readonly JudgedWindow[],
  ranked: Ranked,
  isInGroup: (label: number) => boolean,
): WindowMeasures {
  const weights = new Uint8Array(windows.length);
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  windows.forEach(({ row, positiveFor }, index) => {
    const isPositive = positiveFor.some(isInGroup);
    if (!isPositive && positiveFor.length > 0) return;
    weights[index] = 1;
    counts[outcome(row.alert, isPositive)]++;
  });
  const positives = counts.truePositives + counts.falseNegatives;
  const inGroup = positives + counts.falsePositives + counts.trueNegatives;
  return {
    windows: inGroup,
    positives,
    baseRate: ratio(positives, inGroup),
    precision: precision(counts),
    recall: recall(counts),
    f1: f1(counts),
    falsePositiveRate: falsePositiveRate(counts),
    rocAuc: rocAuc(ranked, weights),
    prAuc: averagePrecision(ranked, weights),
  };
}

function outcome(alert: boolean, positive: boolean): keyof Confusion {
  if (positive) return alert ? 'truePositives' : 'falseNegatives';
  return alert ? 'falsePositives' : 'trueNegatives';
}
