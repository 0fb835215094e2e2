// How surprising a count is, in bans: -log10 of a bound on the probability of seeing that many or more.

import type { CountMoments } from './feature-spec.js';

const LN10 = Math.log(10);

/**
 * Surprise of `count` records where healthy windows hold `mean` on average, with `variance`.
 * Chernoff's bound on the upper tail of the negative binomial distribution with these moments (of the Poisson
 * distribution where the variance is not above the mean): log-linear count data are over-dispersed, and a Poisson
 * tail would call every burst an anomaly (Cameron & Trivedi, Regression Analysis of Count Data, 2013).
 *
 * @returns 0 up to the mean, growing without bound above it; never NaN for finite input with mean > 0
 */
export function countSurprise(count: number, { mean, variance }: CountMoments): number {
  if (count <= mean) return 0;
  const excess = variance - mean;
  if (excess <= 1e-9 * mean) return (count * Math.log(count / mean) - count + mean) / LN10;
  const size = (mean * mean) / excess;
  const rate = count * Math.log(count / mean) - (count + size) * Math.log((count + size) / (mean + size));
  return Math.max(0, rate) / LN10;
}

/**
 * Surprise of no more than `count` records: Chernoff's bound on the lower tail of the same distribution.
 *
 * @param count at least 0
 * @returns 0 from the mean on
 */
export function shortfallSurprise(count: number, { mean, variance }: CountMoments): number {
  if (count >= mean) return 0;
  const excess = variance - mean;
  const share = count === 0 ? 0 : count * Math.log(count / mean);
  if (excess <= 1e-9 * mean) return (share - count + mean) / LN10;
  const size = (mean * mean) / excess;
  const rate = share - (count + size) * Math.log((count + size) / (mean + size));
  return Math.max(0, rate) / LN10;
}
