// How far a rate of few alerts, or a share of few labels, can be trusted. Both intervals stay honest at none and at all,
// where a resampling of the same few would say that it is certain.

export type Interval = readonly [low: number, high: number];

/** How much an interval covers, with the standard normal quantile that leaves half of the rest above it. */
const Z = { 0.9: 1.6448536269514722, 0.95: 1.959963984540054 } as const;
export type Level = keyof typeof Z;

const BISECTIONS = 80;

/**
 * Interval of the mean of a Poisson count (Garwood, 1936, Biometrika 28): exact, never too narrow.
 *
 * @param count whole, at least 0
 */
export function poissonInterval(count: number, level: Level = 0.9): Interval {
  const tail = (1 - level) / 2;
  const high = bisect(count, 2 * count + 20, (mean) => atMost(count, mean) > tail);
  if (count === 0) return [0, high];
  return [bisect(0, count, (mean) => 1 - atMost(count - 1, mean) < tail), high];
}

/**
 * Interval of a share (Wilson, 1927, JASA 22); [0, 1] of nothing.
 *
 * @param part whole, at most `whole`
 */
export function shareInterval(part: number, whole: number, level: Level = 0.9): Interval {
  if (whole === 0) return [0, 1];
  const z = Z[level];
  const share = part / whole;
  const centre = share + z ** 2 / (2 * whole);
  const half = z * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2));
  const scale = 1 + z ** 2 / whole;
  // at none and at all one end is exact, and rounding must not say otherwise
  return [part === 0 ? 0 : (centre - half) / scale, part === whole ? 1 : (centre + half) / scale];
}

/** Chance of at most `count` when `mean` are expected. */
function atMost(count: number, mean: number): number {
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= count; k++) {
    logTerm += Math.log(mean / k);
    sum += Math.exp(logTerm);
  }
  return sum;
}

/** Where a condition that holds below and not above changes. */
function bisect(from: number, to: number, holds: (value: number) => boolean): number {
  let [low, high] = [from, to];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
