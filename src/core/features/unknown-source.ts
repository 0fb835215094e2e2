// What a source that the fit did not know is held to, since nobody knows yet what is usual for it: that it says no more
// ERROR and FATAL than the noisiest one of those that the fit knew, or than any service may.
import { momentsOf } from './count-moments.js';
import type { UnknownSourceBasis } from './feature-spec.js';
import type { TrainingWindow } from './training-window.js';
import { criticalCount } from './volume.js';

/** What is more than this share of a source's windows hold is cut: one incident in the fit must not excuse the next one. */
const USUAL_SHARE = 0.99;
/**
 * One ERROR in two windows is nothing to wake anybody for, however quiet the fit's sources are; geometric, as of a source
 * of which little is known.
 */
const LEAST_MEAN = 0.5;
const LEAST_VARIANCE = LEAST_MEAN + LEAST_MEAN * LEAST_MEAN;

/**
 * The greatest mean and the greatest variance that any source of the fit has, be they of two.
 *
 * @param windows healthy; empty ones do not count
 */
export function learnUnknownSource(windows: readonly TrainingWindow[]): UnknownSourceBasis {
  const bySource = new Map<string, number[]>();
  for (const { source, window } of windows) {
    if (window.records === 0) continue;
    const counts = bySource.get(source);
    if (counts) counts.push(criticalCount(window));
    else bySource.set(source, [criticalCount(window)]);
  }
  let mean = LEAST_MEAN;
  let variance = LEAST_VARIANCE;
  let usualMost = 0;
  for (const counts of bySource.values()) {
    const ascending = counts.slice().sort((a, b) => a - b);
    const most = ascending[Math.ceil(USUAL_SHARE * ascending.length) - 1]!;
    const own = momentsOf(counts.map((count) => Math.min(count, most)));
    mean = Math.max(mean, own.mean);
    variance = Math.max(variance, own.variance);
    usualMost = Math.max(usualMost, most);
  }
  return { critical: { mean, variance }, usualMost };
}
