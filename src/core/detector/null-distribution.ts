// The distribution of a statistic over healthy windows that the fit had left out, as a table:
// it turns a value into its surprise, -log10 of the share of healthy windows that reach it.

export interface NullDistribution {
  /** Values ascending with their bans, non-decreasing; linear in between, 0 up to the first. */
  readonly knots: readonly (readonly [value: number, bans: number])[];
  /** Bans for each unit beyond the last knot: an exponential tail (peaks over threshold, Pickands 1975, shape 0). */
  readonly slope: number;
}

/** Ranks from the top that are kept, about ten a decade. */
const KNOTS_PER_DECADE = 10;
/** The tail is fitted to the greatest values: this share, at least a dozen. */
const TAIL_SHARE = 0.01;
const TAIL_MIN = 12;

/**
 * @param values finite, ≥ 0, at least one
 * @param grain least scale of the tail, in the value's unit: beyond what was seen, one grain more is at most one
 *   ban more
 */
export function learnNull(values: Float64Array, grain: number): NullDistribution {
  const descending = values.slice().sort().reverse();
  const n = descending.length;
  const knots: [number, number][] = [];
  for (let step = 0; ; step++) {
    const rank = Math.round(10 ** (step / KNOTS_PER_DECADE));
    if (rank > n) break;
    const value = descending[rank - 1]!;
    // of equal values the last one counts them all
    const reach = lastIndexAtLeast(descending, value) + 1;
    const bans = -Math.log10((reach + 1) / (n + 1));
    if (knots.at(-1)?.[0] !== value && value > descending[n - 1]!) knots.push([value, Math.max(0, bans)]);
  }
  knots.push([descending[n - 1]!, 0]);

  const tail = descending.slice(0, Math.max(TAIL_MIN, Math.ceil(n * TAIL_SHARE)));
  const from = tail[tail.length - 1]!;
  const meanExcess = tail.reduce((sum, value) => sum + (value - from), 0) / tail.length;
  return {
    knots: knots.reverse().map(([value, bans]) => [value, Number(bans.toPrecision(9))] as const),
    slope: Math.LOG10E / Math.max(meanExcess, grain * Math.LOG10E),
  };
}

/** Surprise in bans: 0 for what every healthy window reaches, growing without bound. Monotone. */
export function surpriseOf(distribution: NullDistribution, value: number): number {
  const { knots, slope } = distribution;
  const last = knots[knots.length - 1]!;
  if (value >= last[0]) return last[1] + (value - last[0]) * slope;
  let low = 0;
  let high = knots.length - 1;
  if (value <= knots[0]![0]) return 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]![0] <= value) low = middle;
    else high = middle;
  }
  const [x0, y0] = knots[low]!;
  const [x1, y1] = knots[high]!;
  return y0 + ((value - x0) / (x1 - x0)) * (y1 - y0);
}

function lastIndexAtLeast(descending: Float64Array, value: number): number {
  let low = 0;
  let high = descending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (descending[middle]! >= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
