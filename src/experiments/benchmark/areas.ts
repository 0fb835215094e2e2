// How well scores rank what is true before what is not, whatever the threshold.
import { averagePrecision, rankByScore, rocAuc } from '../evaluate/metrics.js';

export interface Judged {
  readonly score: number;
  readonly isTrue: boolean;
}

export interface Areas {
  /** Null when all or none is true. */
  readonly rocAuc: number | null;
  /** Chance is the share of what is true. Null when nothing is. */
  readonly averagePrecision: number | null;
}

export function areasOf(judged: readonly Judged[]): Areas {
  const ranked = rankByScore(
    judged.map(({ score }) => score),
    judged.map(({ isTrue }) => isTrue),
  );
  return { rocAuc: rocAuc(ranked), averagePrecision: averagePrecision(ranked) };
}
