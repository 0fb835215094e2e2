// How a stretch of time is cut into equal parts that stay where they are while time goes on, so that a live picture moves
// by whole parts.
import type { Span } from './view-state.js';

const SIZES_MS = [
  30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000,
  43_200_000, 86_400_000,
];

export interface Buckets extends Span {
  readonly bucketMs: number;
  readonly count: number;
}

/**
 * The smallest usual size that gives at most so many, beginning and ending at whole multiples of it; a day where even that
 * gives more.
 *
 * @param maxCount at least 8
 */
export function bucketsOf({ fromMs, toMs }: Span, maxCount: number): Buckets {
  for (const bucketMs of SIZES_MS) {
    const start = Math.floor(fromMs / bucketMs) * bucketMs;
    const end = Math.ceil(toMs / bucketMs) * bucketMs;
    const count = (end - start) / bucketMs;
    if (count <= maxCount || bucketMs === SIZES_MS.at(-1))
      return { fromMs: start, toMs: end, bucketMs, count };
  }
  throw new RangeError(`there must be a bucket size to choose, got ${SIZES_MS.length}`);
}

/** Start and end of a bucket. */
export function bucketSpan({ fromMs, bucketMs }: Pick<Buckets, 'fromMs' | 'bucketMs'>, index: number): Span {
  return { fromMs: fromMs + index * bucketMs, toMs: fromMs + (index + 1) * bucketMs };
}

/** What to ask the server for. @param maxCells that there is room for */
export function laneQuestion(
  span: { readonly fromMs: number; readonly toMs: number },
  maxCells: number,
): { readonly from: number; readonly to: number; readonly bucket: number } {
  const { fromMs, toMs, bucketMs } = bucketsOf(span, maxCells);
  return { from: fromMs, to: toMs, bucket: bucketMs };
}
