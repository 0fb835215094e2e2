// The ROC and precision-recall curves as points to draw: exact at every point kept, thinned to a bounded number.

import { type Ranked, walkRanks } from './metrics.js';

export interface RocPoint {
  /** Items at or above this score are called positive; null for the start of the curve, where none is. */
  readonly threshold: number | null;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

export interface PrecisionRecallPoint {
  readonly threshold: number;
  readonly recall: number;
  readonly precision: number;
}

/**
 * From (0, 0) to (1, 1); empty when one class is missing.
 *
 * @param maxPoints at least 2
 */
export function rocCurve(ranked: Ranked, maxPoints: number): RocPoint[] {
  const steps = stepsOf(ranked);
  const { truePositives, falsePositives } = steps.at(-1) ?? NOTHING;
  if (truePositives === 0 || falsePositives === 0) return [];
  const points = steps.map((step) => ({
    threshold: step.score,
    falsePositiveRate: step.falsePositives / falsePositives,
    truePositiveRate: step.truePositives / truePositives,
  }));
  return thin([{ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 }, ...points], maxPoints);
}

/**
 * By rising recall; empty without positives.
 *
 * @param maxPoints at least 2
 */
export function precisionRecallCurve(ranked: Ranked, maxPoints: number): PrecisionRecallPoint[] {
  const steps = stepsOf(ranked);
  const { truePositives } = steps.at(-1) ?? NOTHING;
  if (truePositives === 0) return [];
  const points = steps.map((step) => ({
    threshold: step.score,
    recall: step.truePositives / truePositives,
    precision: step.truePositives / (step.truePositives + step.falsePositives),
  }));
  return thin(points, maxPoints);
}

interface Step {
  readonly score: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

const NOTHING: Step = { score: 0, truePositives: 0, falsePositives: 0 };

function stepsOf(ranked: Ranked): Step[] {
  const steps: Step[] = [];
  walkRanks(ranked, (score, truePositives, falsePositives) => {
    steps.push({ score, truePositives, falsePositives });
  });
  return steps;
}

/** Evenly by position, always with the first and the last. */
function thin<T>(points: readonly T[], maxPoints: number): T[] {
  if (!(Number.isInteger(maxPoints) && maxPoints >= 2)) {
    throw new RangeError(`maxPoints must be a whole number of at least 2, got ${maxPoints}`);
  }
  if (points.length <= maxPoints) return [...points];
  const stride = (points.length - 1) / (maxPoints - 1);
  return Array.from({ length: maxPoints }, (_, i) => points[Math.round(i * stride)]!);
}
