// What a part of the page says where its windows were deleted: nothing there must look like calm.
import type { KeptWindows } from '../api.js';
import { minuteText } from './time-text.js';

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;

/** @param fromMs of what is asked for; undefined where all of it is there */
export function keptWords(
  kept: KeptWindows | undefined,
  fromMs: number,
  zone: string,
  nowMs: number,
): string | undefined {
  if (kept === undefined || fromMs >= kept.beforeMs) return undefined;
  const hours = Math.round(kept.keepMs / HOUR_MS);
  const span = hours % HOURS_A_DAY === 0 ? `${hours / HOURS_A_DAY} days` : `${hours} hours`;
  return `Windows before ${minuteText(kept.beforeMs, zone, nowMs)} are not all there any more: they are kept for ${span === '1 days' ? '1 day' : span}, their sums by the hour longer.`;
}
