// A wall clock's reading in a zone, as a form gives it, and the instant that it means.
import { plotTime } from './time-text.js';

/** @returns `2026-11-22T12:03`, as an input of the type datetime-local takes it */
export function toWallClock(timeMs: number, zone: string): string {
  return plotTime(timeMs, zone).slice(0, 16).replace(' ', 'T');
}

/**
 * @param text as `toWallClock` gives it
 * @returns ms since epoch; where a change of the clock repeats or skips the reading, one of the two it may mean. Undefined
 *   when it is none
 */
export function fromWallClock(text: string, zone: string): number | undefined {
  const readMs = Date.parse(`${text}Z`);
  if (Number.isNaN(readMs)) return undefined;
  const aheadMs = (timeMs: number): number =>
    Date.parse(`${plotTime(timeMs, zone).replace(' ', 'T')}Z`) - timeMs;
  // the zone's distance from UTC is that of the instant looked for: near enough after one step, right after the second
  const nearMs = readMs - aheadMs(readMs);
  return readMs - aheadMs(nearMs);
}
