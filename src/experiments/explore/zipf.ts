// How unequal templates are: a few are written all the time, most hardly ever. Zipf's law says that the k-th most
// frequent comes in proportion to 1/k^s; the exponent s is fitted here and drawn beside the curve.
import { COLOUR } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';

export interface ZipfFit {
  /** Counts from the most frequent down, zeros left out. */
  readonly counts: readonly number[];
  /** s in count ≈ scale / rank^s; 0 = all alike, about 1 in natural language. */
  readonly exponent: number;
  readonly scale: number;
  /** Share of the variance of log(count) that the line explains, 0 to 1. */
  readonly r2: number;
}

/** Ranks looked at in each factor of ten: evenly spaced on the log axis, so that the long tail does not outvote the head. */
const RANKS_PER_DECADE = 12;

/**
 * Least squares on log(count) over log(rank).
 *
 * @param counts in any order
 * @throws RangeError on fewer than 3 counts above 0: two always lie on a line
 */
export function fitZipf(counts: readonly number[]): ZipfFit {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => b - a);
  if (sorted.length < 3)
    throw new RangeError(
      `a Zipf curve needs at least 3 templates that occur, got ${sorted.length}: read more of the log`,
    );
  const points = spacedRanks(sorted.length).map(
    (rank) => [Math.log(rank), Math.log(sorted[rank - 1]!)] as const,
  );
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
    yy += (y - meanY) ** 2;
  }
  const slope = xy / xx;
  return {
    counts: sorted,
    // no negative zero where all are alike
    exponent: 0 - slope,
    scale: Math.exp(meanY - slope * meanX),
    r2: yy === 0 ? 1 : xy ** 2 / (xx * yy),
  };
}

/** Distinct ranks, 1 first and the last one last, evenly spaced on a log axis. */
function spacedRanks(last: number): readonly number[] {
  const steps = Math.ceil(Math.log10(last) * RANKS_PER_DECADE);
  return [...new Set(Array.from({ length: steps + 1 }, (_, i) => Math.round(last ** (i / steps))))];
}

/** Rank and count on log axes, and the fitted line. */
export function zipfFigure({ counts, exponent, scale }: ZipfFit): Figure {
  const ranks = spacedRanks(counts.length);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        name: 'templates',
        marker: { size: 6, color: COLOUR.normal },
        x: counts.map((_, index) => index + 1),
        y: counts,
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: `Zipf with exponent ${exponent.toFixed(2)}`,
        line: { color: COLOUR.anomaly, dash: 'dash' },
        x: ranks,
        y: ranks.map((rank) => scale / rank ** exponent),
      },
    ],
    layout: {
      title: { text: 'Templates by frequency' },
      xaxis: { title: { text: 'rank' }, type: 'log', dtick: 1 },
      yaxis: { title: { text: 'records' }, type: 'log', dtick: 1 },
    },
  };
}
