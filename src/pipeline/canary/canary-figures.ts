// How the canary did since this process began to judge it, for metrics.
import { createHistogram, type Histogram } from '../latency/histogram.js';
import { US_PER_MS } from '../latency/telemetry.js';
import type { Settled } from './canary-judge.js';

export interface CanaryFigures {
  readonly caught: number;
  readonly missed: number;
  /** Microseconds from the onset to the commit of the alert. */
  readonly timeToDetect: Histogram;
}

export interface CanaryTally {
  add(settled: readonly Settled[]): void;
  figures(): CanaryFigures;
}

export function createCanaryTally(): CanaryTally {
  const timeToDetect = createHistogram();
  let [caught, missed] = [0, 0];
  return {
    add: (settled) => {
      for (const { outcome } of settled) {
        if (outcome.kind === 'missed') missed++;
        else {
          caught++;
          timeToDetect.record(outcome.timeToDetectMs * US_PER_MS);
        }
      }
    },
    figures: () => ({ caught, missed, timeToDetect }),
  };
}
