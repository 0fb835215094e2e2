// Before when results are old. Two clocks have to agree on it: one record from 2099, or a machine whose clock was set wrong,
// must not delete everything.
import type { WindowSpec } from '../../core/window/window-spec.js';

const HOUR_MS = 3_600_000;

/**
 * Start of the oldest windows that stay, ms: a whole hour, so that the sums of an hour are made of all its windows or stay
 * as they are.
 *
 * @param watermarkMs greatest event time that was believed of any source of the stream; undefined before the first record
 * @param nowMs by the wall clock
 * @returns undefined while nothing can be old
 */
export function cutoffMs(keepMs: number, watermarkMs: number | undefined, nowMs: number): number | undefined {
  if (watermarkMs === undefined) return undefined;
  return hourBefore(Math.min(watermarkMs, nowMs) - keepMs);
}

/**
 * The same for one source: what a late record of it may still correct stays, however far behind the others it is.
 *
 * @param sourceMs greatest event time of the source; undefined where it never had any
 */
export function sourceCutoffMs(
  streamCutoffMs: number,
  sourceMs: number | undefined,
  { windowMs, hopMs, allowedLatenessMs, correctionMs }: WindowSpec,
): number {
  if (sourceMs === undefined) return streamCutoffMs;
  return Math.min(streamCutoffMs, hourBefore(sourceMs - windowMs - hopMs - allowedLatenessMs - correctionMs));
}

function hourBefore(timeMs: number): number {
  return Math.floor(timeMs / HOUR_MS) * HOUR_MS;
}
