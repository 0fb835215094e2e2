// Two models on the same windows: how often they agree to alert, whether their scores rank alike, and where they differ most.
import type { ModelView } from '../api-reports.js';

export interface ScoredWindow {
  readonly source: string;
  readonly startMs: number;
  readonly score: number;
}

type Comparison = Pick<
  ModelView['shadows'][number],
  'windows' | 'bothAlert' | 'onlyChampion' | 'onlyShadow' | 'rankCorrelation' | 'differences'
>;

const MOST_DIFFERENCES = 20;

export function idOfWindow({ source, startMs }: ScoredWindow): string {
  return `${startMs} ${source}`;
}

/** Windows that one of the two lacks are left out. */
export function compareScores(
  champion: readonly ScoredWindow[],
  championThreshold: number,
  shadow: readonly ScoredWindow[],
  shadowThreshold: number,
): Comparison {
  const byId = new Map(champion.map((window) => [idOfWindow(window), window.score]));
  const pairs = shadow.flatMap((window) => {
    const score = byId.get(idOfWindow(window));
    return score === undefined
      ? []
      : [{ source: window.source, startMs: window.startMs, champion: score, shadow: window.score }];
  });
  const counts = { bothAlert: 0, onlyChampion: 0, onlyShadow: 0 };
  for (const pair of pairs) {
    const [first, second] = [pair.champion >= championThreshold, pair.shadow >= shadowThreshold];
    if (first && second) counts.bothAlert++;
    else if (first) counts.onlyChampion++;
    else if (second) counts.onlyShadow++;
  }
  const apart = (pair: (typeof pairs)[number]): number => Math.abs(pair.champion - pair.shadow);
  return {
    windows: pairs.length,
    ...counts,
    rankCorrelation: rankCorrelation(
      pairs.map((pair) => pair.champion),
      pairs.map((pair) => pair.shadow),
    ),
    differences: [...pairs]
      .sort((a, b) => apart(b) - apart(a) || b.startMs - a.startMs)
      .slice(0, MOST_DIFFERENCES),
  };
}

/** Spearman's, ties at their mean rank; null where one of them never changes. */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number | null {
  const [left, right] = [ranksOf(x), ranksOf(y)];
  const mean = (x.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (const [at, rank] of left.entries()) {
    const [dx, dy] = [rank - mean, right[at]! - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}

function ranksOf(values: readonly number[]): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}
