// A cursor among the cells of the swimlane: where each key takes it, and which stretch two ends of a brush mean.
import type { Buckets } from './bucket.js';
import type { Span } from './view-state.js';

export interface LaneCursor {
  readonly lane: number;
  readonly bucket: number;
}

/**
 * Arrows go a cell, with Control to the next loud cell of the lane, Page keys a tenth of the width, Home and End to its ends.
 *
 * @param isLoud of a cell
 * @returns undefined for a key that moves nothing
 */
export function moveCursor(
  cursor: LaneCursor,
  key: string,
  toNextLoud: boolean,
  size: { readonly lanes: number; readonly buckets: number },
  isLoud: (cursor: LaneCursor) => boolean,
): LaneCursor | undefined {
  const page = Math.max(1, Math.round(size.buckets / 10));
  switch (key) {
    case 'ArrowLeft':
      return toNextLoud ? nextLoud(cursor, -1, size.buckets, isLoud) : at(cursor, 0, -1, size);
    case 'ArrowRight':
      return toNextLoud ? nextLoud(cursor, 1, size.buckets, isLoud) : at(cursor, 0, 1, size);
    case 'ArrowUp':
      return at(cursor, -1, 0, size);
    case 'ArrowDown':
      return at(cursor, 1, 0, size);
    case 'PageUp':
      return at(cursor, 0, -page, size);
    case 'PageDown':
      return at(cursor, 0, page, size);
    case 'Home':
      return { ...cursor, bucket: 0 };
    case 'End':
      return { ...cursor, bucket: size.buckets - 1 };
    default:
      return undefined;
  }
}

/**
 * @param a and `b`: shares of the width, in any order, at or beyond its ends too
 * @returns whole buckets, at least one
 */
export function brushSpan(a: number, b: number, { fromMs, bucketMs, count }: Buckets): Span {
  const bucketAt = (share: number): number => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  const first = bucketAt(Math.min(a, b));
  const last = bucketAt(Math.max(a, b));
  return { fromMs: fromMs + first * bucketMs, toMs: fromMs + (last + 1) * bucketMs };
}

function at(
  { lane, bucket }: LaneCursor,
  down: number,
  right: number,
  size: { readonly lanes: number; readonly buckets: number },
): LaneCursor {
  return { lane: clamp(lane + down, size.lanes), bucket: clamp(bucket + right, size.buckets) };
}

function nextLoud(
  cursor: LaneCursor,
  step: 1 | -1,
  buckets: number,
  isLoud: (cursor: LaneCursor) => boolean,
): LaneCursor {
  for (let bucket = cursor.bucket + step; bucket >= 0 && bucket < buckets; bucket += step) {
    if (isLoud({ ...cursor, bucket })) return { ...cursor, bucket };
  }
  return cursor;
}

function clamp(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
