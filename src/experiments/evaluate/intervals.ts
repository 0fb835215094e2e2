// Bootstrap intervals of the headline measures: a resample is only a set of weights on instants, so nothing is
// matched or sorted again for it.

import { createRandom } from '../../core/random.js';
import { bootstrapIntervals, type Interval, MIN_BLOCKS } from './bootstrap.js';
import { perDay } from './healthy-time.js';
import { bookOnInstants, instantAxis } from './instants.js';
import { averagePrecision, ratio, rocAuc } from './metrics.js';
import type { EvaluateOptions } from './options.js';
import type { Prepared } from './prepare.js';

const NAMES = ['windowRocAuc', 'windowPrAuc', 'windowRecall', 'eventRecall', 'falseAlertsADay'] as const;

export type Intervals = Readonly<Record<(typeof NAMES)[number], Interval | null>>;

export interface IntervalsResult {
  readonly intervals: Intervals;
  /** Why there are none, where that is so. */
  readonly note: string | null;
}

export function measureIntervals(prepared: Prepared, options: Required<EvaluateOptions>): IntervalsResult {
  const { windows } = prepared.judgement;
  const axis = instantAxis(windows);
  const booked = bookOnInstants(prepared, axis);
  const { ranked } = prepared;
  const windowWeights = new Uint32Array(windows.length);
  const statistic = (weights: Uint32Array): Record<(typeof NAMES)[number], number | null> => {
    for (let i = 0; i < windowWeights.length; i++) windowWeights[i] = weights[axis.ofWindow[i]!]!;
    return {
      windowRocAuc: rocAuc(ranked, windowWeights),
      windowPrAuc: averagePrecision(ranked, windowWeights),
      windowRecall: ratio(weightedSum(booked.hits, weights), weightedSum(booked.positives, weights)),
      eventRecall: ratio(weightedSum(booked.caught, weights), weightedSum(booked.labels, weights)),
      falseAlertsADay: perDay(
        weightedSum(booked.falseAlerts, weights),
        weightedSum(booked.healthyMs, weights),
      ),
    };
  };
  const instants = axis.instants.length;
  const blockLength = axis.hopMs === null ? 1 : Math.max(1, Math.round(options.blockMs / axis.hopMs));
  const isTooShort = options.resamples > 0 && instants < MIN_BLOCKS * blockLength;
  return {
    intervals: bootstrapIntervals(
      { instants, blockLength, resamples: options.resamples },
      createRandom(`${options.seed} bootstrap`),
      statistic,
      NAMES,
    ),
    note: isTooShort
      ? `no intervals: ${instants} window starts are fewer than ${MIN_BLOCKS} blocks of ${blockLength}`
      : null,
  };
}

function weightedSum(amounts: Float64Array, weights: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < amounts.length; i++) sum += amounts[i]! * weights[i]!;
  return sum;
}
