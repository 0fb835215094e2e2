// A histogram of durations as a few numbers that can be stored, and added to another: quantiles of a month are those of its
// parts together, not a mean of theirs.
import type { Histogram } from './histogram.js';

/**
 * Bucket and how many, one after the other, by bucket. Bucket b stands for 2^(b/16) − 1 microseconds: a duration is told
 * within 2.2 %.
 */
export type PackedHistogram = readonly number[];

/** Milliseconds. */
export interface PackedDurations {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly count: number;
}

const STEPS_A_DOUBLING = 16;
const US_PER_MS = 1000;

/** @param histogram of microseconds */
export function packHistogram(histogram: Pick<Histogram, 'forEach'>): PackedHistogram {
  const counts = new Map<number, number>();
  histogram.forEach((durationUs, count) => {
    const bucket = Math.round(Math.log2(durationUs + 1) * STEPS_A_DOUBLING);
    counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  });
  return packed(counts);
}

export function addPacked(...all: readonly PackedHistogram[]): PackedHistogram {
  const counts = new Map<number, number>();
  for (const each of all)
    for (let at = 0; at + 1 < each.length; at += 2)
      counts.set(each[at]!, (counts.get(each[at]!) ?? 0) + each[at + 1]!);
  return packed(counts);
}

/** Stages with what was added to each; those that only one has are taken as they are. */
export function addPackedStages(
  a: Readonly<Record<string, PackedHistogram>>,
  b: Readonly<Record<string, PackedHistogram>>,
): Record<string, PackedHistogram> {
  const sum: Record<string, PackedHistogram> = { ...a };
  for (const [stage, counts] of Object.entries(b)) sum[stage] = addPacked(sum[stage] ?? [], counts);
  return sum;
}

export function packedDurations(histogram: PackedHistogram): PackedDurations {
  let count = 0;
  for (let at = 1; at < histogram.length; at += 2) count += histogram[at]!;
  const quantile = (share: number): number => {
    const wanted = Math.max(1, Math.ceil(share * count));
    let seen = 0;
    for (let at = 0; at + 1 < histogram.length; at += 2) {
      seen += histogram[at + 1]!;
      if (seen >= wanted) return Math.round(2 ** (histogram[at]! / STEPS_A_DOUBLING) - 1) / US_PER_MS;
    }
    return 0;
  };
  return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), count };
}

function packed(counts: ReadonlyMap<number, number>): PackedHistogram {
  return [...counts].sort(([a], [b]) => a - b).flat();
}
