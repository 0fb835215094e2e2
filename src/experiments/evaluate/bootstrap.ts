// How far a measure could be off by luck: moving blocks (Künsch, 1989, Annals of Statistics 17) of time are drawn
// with replacement. Blocks, since windows near in time resemble each other; all services of an hour stay together.

import type { Random } from '../../core/random.js';
import { quantile } from './metrics.js';

/** The middle 95 % of the resamples. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Fewer blocks than this say little about how much blocks differ. */
export const MIN_BLOCKS = 10;

export interface BootstrapPlan {
  /** Points in time, in order; each is drawn together with its neighbours. */
  readonly instants: number;
  /** In instants, at least 1. */
  readonly blockLength: number;
  readonly resamples: number;
}

/**
 * @param statistic gets how often each instant was drawn; null when it is undefined for that draw
 * @returns null when there are fewer than `MIN_BLOCKS` blocks, no resamples, or half of the draws gave null
 */
export function bootstrapIntervals<Name extends string>(
  { instants, blockLength, resamples }: BootstrapPlan,
  random: Random,
  statistic: (weights: Uint32Array) => Readonly<Record<Name, number | null>>,
  names: readonly Name[],
): Record<Name, Interval | null> {
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  const weights = new Uint32Array(instants);
  const rounds = instants < MIN_BLOCKS * blockLength ? 0 : resamples;
  for (let round = 0; round < rounds; round++) {
    drawBlocks(weights, blockLength, random);
    const values = statistic(weights);
    for (const name of names) {
      const value = values[name];
      if (value !== null) samples.get(name)!.push(value);
    }
  }
  const intervals = [...samples].map(([name, values]) => [name, intervalOf(values, rounds)]);
  return Object.fromEntries(intervals) as Record<Name, Interval | null>;
}

/** Whole blocks until there are as many instants as there were; the last block is cut. */
function drawBlocks(weights: Uint32Array, blockLength: number, random: Random): void {
  weights.fill(0);
  for (let left = weights.length; left > 0; left -= blockLength) {
    const start = random.below(weights.length - blockLength + 1);
    const end = start + Math.min(blockLength, left);
    for (let i = start; i < end; i++) weights[i]!++;
  }
}

function intervalOf(values: number[], rounds: number): Interval | null {
  if (values.length === 0 || 2 * values.length < rounds) return null;
  values.sort((a, b) => a - b);
  return { low: quantile(values, 0.025)!, high: quantile(values, 0.975)! };
}
