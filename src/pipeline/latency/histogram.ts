// Counts of durations in buckets that grow with the duration: a fixed few kilobytes, a few nanoseconds a value, and every
// quantile within 1 %. Log-linear buckets as in HdrHistogram (Gil Tene).

export interface Histogram {
  /** @param value at least 0 (less counts as 0, as of a clock that ran backwards), in any unit; up to 2^44 */
  record(value: number, times?: number): void;
  count(): number;
  /** Exact. */
  max(): number;
  /** Of all values, exact. */
  sum(): number;
  /** How many values are at most this, within 1 % of it. */
  countUpTo(value: number): number;
  /** Least value that a share of the values does not exceed, within 1 % and never above the max; 0 of none. */
  quantile(share: number): number;
  /** Every bucket that holds values, upwards. @param value its middle, never above the max */
  forEach(onBucket: (value: number, count: number) => void): void;
}

/** Buckets for each doubling: the middle of a bucket is at most 1/256 from its ends. */
const STEPS = 128;
const STEP_BITS = 7;
const MOST_BITS = 44;
const BUCKETS = (MOST_BITS - STEP_BITS + 1) * STEPS;
const MOST = 0xffff_ffff;

export function createHistogram(): Histogram {
  const counts = new Uint32Array(BUCKETS);
  let total = 0;
  let greatest = 0;
  let sum = 0;
  return {
    record: (value, times = 1) => {
      if (times <= 0 || Number.isNaN(value)) return;
      const bucket = bucketOf(Math.max(0, value));
      sum += Math.max(0, value) * times;
      counts[bucket] = Math.min(MOST, counts[bucket]! + times);
      total += times;
      if (value > greatest) greatest = value;
    },
    count: () => total,
    max: () => greatest,
    sum: () => sum,
    countUpTo: (value) => {
      if (value < 0) return 0;
      let seen = 0;
      for (let bucket = bucketOf(value); bucket >= 0; bucket--) seen += counts[bucket]!;
      return seen;
    },
    quantile: (share) => {
      const wanted = Math.max(1, Math.ceil(share * total));
      let seen = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        seen += counts[bucket]!;
        if (seen >= wanted) return Math.min(greatest, middleOf(bucket));
      }
      return greatest;
    },
    forEach: (onBucket) => {
      for (let bucket = 0; bucket < BUCKETS; bucket++)
        if (counts[bucket]! > 0) onBucket(Math.min(greatest, middleOf(bucket)), counts[bucket]!);
    },
  };
}

/** Values below STEPS have a bucket each whole number; above, each doubling has STEPS of them. */
function bucketOf(value: number): number {
  if (value < STEPS) return Math.floor(value);
  const doublings = Math.min(MOST_BITS - STEP_BITS - 1, Math.floor(Math.log2(value)) - STEP_BITS);
  const step = Math.min(STEPS - 1, Math.floor(value / 2 ** doublings) - STEPS);
  return (doublings + 1) * STEPS + step;
}

function middleOf(bucket: number): number {
  const doublings = Math.floor(bucket / STEPS) - 1;
  if (doublings < 0) return bucket;
  return ((bucket % STEPS) + STEPS + 0.5) * 2 ** doublings;
}
