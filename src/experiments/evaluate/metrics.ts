// How well scores tell positives from the rest, and what one threshold makes of them.
// Everything is one pass over items ranked once, with optional weights, so that a bootstrap need not sort again.

/** Items from the highest score to the lowest. */
export interface Ranked {
  readonly scores: Float64Array;
  /** 1 where the item is positive. */
  readonly positives: Uint8Array;
  /** Where the item stood in the input. */
  readonly indices: Uint32Array;
}

/** @throws RangeError on a score that is not a finite number, or lists of two lengths */
export function rankByScore(scores: ArrayLike<number>, isPositive: ArrayLike<boolean>): Ranked {
  if (scores.length !== isPositive.length) {
    throw new RangeError(`wanted a truth for every score, got ${scores.length} and ${isPositive.length}`);
  }
  const indices = Uint32Array.from(scores, (score, index) => {
    if (!Number.isFinite(score)) throw new RangeError(`score ${index} must be finite, got ${score}`);
    return index;
  });
  indices.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return {
    scores: Float64Array.from(indices, (index) => scores[index]!),
    positives: Uint8Array.from(indices, (index) => (isPositive[index]! ? 1 : 0)),
    indices,
  };
}

/**
 * Visits every distinct score from the highest down with what a threshold at that score takes in.
 *
 * @param weights by input index, at least 0; each item counts 1 without it
 */
export function walkRanks(
  ranked: Ranked,
  visit: (score: number, truePositives: number, falsePositives: number) => void,
  weights?: ArrayLike<number>,
): void {
  const { scores, positives, indices } = ranked;
  let truePositives = 0;
  let falsePositives = 0;
  for (let i = 0; i < scores.length; i++) {
    const weight = weights === undefined ? 1 : weights[indices[i]!]!;
    if (positives[i] === 1) truePositives += weight;
    else falsePositives += weight;
    const isLastOfScore = i + 1 === scores.length || scores[i + 1] !== scores[i];
    if (isLastOfScore) visit(scores[i]!, truePositives, falsePositives);
  }
}

/**
 * Chance that a positive scores higher than another item, ties counting half: Mann–Whitney's U over its
 * greatest value, ties by mid-rank. In [0, 1]; null when there are no positives or nothing else.
 */
export function rocAuc(ranked: Ranked, weights?: ArrayLike<number>): number | null {
  let area = 0;
  let truePositives = 0;
  let falsePositives = 0;
  const addStep = (_: number, tp: number, fp: number): void => {
    area += ((fp - falsePositives) * (tp + truePositives)) / 2;
    truePositives = tp;
    falsePositives = fp;
  };
  walkRanks(ranked, addStep, weights);
  return ratio(area, truePositives * falsePositives);
}

/**
 * PR-AUC as average precision: the precision at each score, weighted by the recall gained there; equal scores are
 * one step and nothing is interpolated, as in scikit-learn. Chance level is the base rate. Null without positives.
 */
export function averagePrecision(ranked: Ranked, weights?: ArrayLike<number>): number | null {
  let sum = 0;
  let truePositives = 0;
  const addStep = (_: number, tp: number, fp: number): void => {
    if (tp > truePositives) sum += (tp - truePositives) * (tp / (tp + fp));
    truePositives = tp;
  };
  walkRanks(ranked, addStep, weights);
  return ratio(sum, truePositives);
}

/** Counts at one threshold. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** Null when nothing alerted. */
export function precision({ truePositives, falsePositives }: Confusion): number | null {
  return ratio(truePositives, truePositives + falsePositives);
}

/** Null without positives. */
export function recall({ truePositives, falseNegatives }: Confusion): number | null {
  return ratio(truePositives, truePositives + falseNegatives);
}

/** 0 when nothing was found; null when there was nothing to find and nothing alerted. */
export function f1({ truePositives, falsePositives, falseNegatives }: Confusion): number | null {
  return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}

/** Share of the negatives that alerted; null without negatives. */
export function falsePositiveRate({ falsePositives, trueNegatives }: Confusion): number | null {
  return ratio(falsePositives, falsePositives + trueNegatives);
}

/** Null, never NaN, when the whole is empty. */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/**
 * The q-quantile, linear between neighbours (type 7 of Hyndman and Fan, 1996).
 *
 * @param sorted ascending; null when empty
 */
export function quantile(sorted: ArrayLike<number>, q: number): number | null {
  if (sorted.length === 0) return null;
  const position = q * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}
