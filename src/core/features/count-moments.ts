// Mean and variance of counts, learned so that a handful of windows does not look more certain than it is.
import type { CountMoments } from './feature-spec.js';

/** Windows that the prior of a type's counts is worth: little data lean to a geometric distribution. */
const PRIOR_WINDOWS = 5;

/**
 * Moments of a line type's counts over the windows that hold it. Where it is absent says how rare it is, which is
 * the presence features' business; how many of it there are when it comes is judged here.
 *
 * @param windows how many hold it, at least 1
 */
export function momentsWhenPresent(windows: number, sum: number, sumOfSquares: number): CountMoments {
  const mean = sum / windows;
  const squares = Math.max(0, sumOfSquares - windows * mean * mean);
  const geometric = mean + mean * mean;
  return {
    mean: round(mean),
    variance: round((squares + PRIOR_WINDOWS * geometric) / (windows + PRIOR_WINDOWS)),
  };
}

/**
 * Moments over all windows, half an observation of one record added, so that what never was seen is rare and not
 * impossible; the variance is at least the mean, as for chance alone.
 */
export function momentsOf(counts: readonly number[]): CountMoments {
  const n = counts.length + 1;
  const mean = (counts.reduce((sum, count) => sum + count, 0) + 0.5) / n;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / n;
  return { mean: round(mean), variance: round(Math.max(variance, mean)) };
}

/** Nine digits: more than the data carry, and a third less to store. */
export function round(value: number): number {
  return Number(value.toPrecision(9));
}
