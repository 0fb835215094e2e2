// Intervals of the headline measures. Bootstrap: a resample is only a set of weights on instants, so nothing is matched or
// sorted again for it. What counts few events is never told narrower than its exact interval, since resampling none gives none.

import { poissonInterval, shareInterval } from '../../core/count-intervals.js';
import { createRandom } from '../../core/random.js';
import { bootstrapIntervals, type Interval, MIN_BLOCKS } from './bootstrap.js';
import { perDay } from './healthy-time.js';
import { bookOnInstants, instantAxis } from './instants.js';
import { averagePrecision, ratio, rocAuc } from './metrics.js';
import type { EvaluateOptions } from './options.js';
import type { Prepared } from './prepare.js';

const LEVEL = 0.95;
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
  const intervals = bootstrapIntervals(
    { instants, blockLength, resamples: options.resamples },
    createRandom(`${options.seed} bootstrap`),
    statistic,
    NAMES,
  );
  const [falseAlerts, healthyMs] = [sum(booked.falseAlerts), sum(booked.healthyMs)];
  const [caught, labels] = [sum(booked.caught), sum(booked.labels)];
  const [fewest, most] = poissonInterval(falseAlerts, LEVEL);
  return {
    intervals: {
      ...intervals,
      eventRecall: atLeast(intervals.eventRecall, shareInterval(caught, labels, LEVEL)),
      falseAlertsADay: atLeast(intervals.falseAlertsADay, [
        perDay(fewest, healthyMs) ?? 0,
        perDay(most, healthyMs) ?? Infinity,
      ]),
    },
    note: isTooShort
      ? `no intervals: ${instants} window starts are fewer than ${MIN_BLOCKS} blocks of ${blockLength}`
      : null,
  };
}

/** As wide as both; null stays null. */
function atLeast(interval: Interval | null, [low, high]: readonly [number, number]): Interval | null {
  return interval === null ? null : { low: Math.min(interval.low, low), high: Math.max(interval.high, high) };
}

function sum(amounts: Float64Array): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function weightedSum(amounts: Float64Array, weights: Uint32Array): number {
  let total = 0;
  for (let i = 0; i < amounts.length; i++) total += amounts[i]! * weights[i]!;
  return total;
}
