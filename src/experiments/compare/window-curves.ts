// The precision-recall and ROC curves of each contestant by window, thinned to what can be seen.
import {
  type PrecisionRecallPoint,
  precisionRecallCurve,
  rocCurve,
  type RocPoint,
} from '../evaluate/curves.js';
import { judge } from '../evaluate/match-labels.js';
import { resolveOptions } from '../evaluate/options.js';
import type { ScoredWindow } from '../evaluate/scored-window.js';
import { rankWindows } from '../evaluate/window-measures.js';
import type { Labels } from '../labels.js';

export interface WindowCurves {
  /** Empty without positive or without healthy windows. */
  readonly roc: readonly RocPoint[];
  /** Empty without positive windows. */
  readonly precisionRecall: readonly PrecisionRecallPoint[];
}

/** A step on either axis that is smaller than this share of it is not drawn. */
const VISIBLE_STEP = 0.01;

export function windowCurves(rows: readonly ScoredWindow[], labels: Labels): WindowCurves {
  const { windows } = judge(rows, labels, resolveOptions().graceMs);
  const ranked = rankWindows(windows);
  const whole = windows.length + 2;
  return {
    roc: visiblePoints(rocCurve(ranked, whole), ({ falsePositiveRate, truePositiveRate }) => [
      falsePositiveRate,
      truePositiveRate,
    ]),
    precisionRecall: visiblePoints(precisionRecallCurve(ranked, whole), ({ recall, precision }) => [
      recall,
      precision,
    ]),
  };
}

/** The first, the last, and every point that lies a visible step from the one kept before it. */
export function visiblePoints<Point>(
  points: readonly Point[],
  placeOf: (point: Point) => readonly [x: number, y: number],
): readonly Point[] {
  let kept: readonly [number, number] | undefined;
  return points.filter((point, index) => {
    const place = placeOf(point);
    const isVisible =
      kept === undefined ||
      index === points.length - 1 ||
      Math.abs(place[0] - kept[0]) >= VISIBLE_STEP ||
      Math.abs(place[1] - kept[1]) >= VISIBLE_STEP;
    if (isVisible) kept = place;
    return isVisible;
  });
}
