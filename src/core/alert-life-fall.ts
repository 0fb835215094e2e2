// How long the source of an alert says far less than usual. The features hold a fall against the few minutes before it: as
// soon as those have fallen too their surprise wears off, though nothing is better.
import type { Fall, OpenAlert } from './alert-life-open.js';
import { usualBeforeFall } from './fall-begin.js';
import { oddsOf } from './score-odds.js';
import type { WindowRow } from './score-window.js';

/** No more than this share of what is usual is no end of a fall: it began at a quarter, and load goes up and down. */
export const STILL_LOW = 0.5;
/** So many windows in a row that hold more end it: one alone may be what was kept back, all at once. */
const WINDOWS_TO_RISE = 2;
const MOST_HIGH = 32;

/**
 * With a window of the alert's source, in order or corrected: one that is still low goes on with the fall, whatever it
 * scores, and whichever artifact scores it. A window that is missing counts as one that is not.
 *
 * @param isOwn whether it alerts, and for what the alert is about
 */
export function withFall(open: OpenAlert, row: WindowRow, isOwn: boolean, hopMs: number): OpenAlert {
  const { startMs, records } = row;
  const { fall } = open;
  if (fall && startMs >= fall.sinceMs && startMs <= fall.untilMs + WINDOWS_TO_RISE * hopMs)
    return isLow(records, fall.usualRecords) ? fell(open, fall, startMs) : rose(open, fall, startMs, hopMs);
  const usualRecords =
    isOwn && startMs > (fall?.untilMs ?? -Infinity) && 2 * shareOf(row) >= 1
      ? usualOf(row, hopMs)
      : undefined;
  if (usualRecords === undefined || !isLow(records, usualRecords)) return open;
  return { ...open, fall: { usualRecords, sinceMs: startMs, untilMs: startMs, highMs: [] } };
}

/**
 * Whether a window alerts for nothing but a fall that is over: a score is held for minutes, but what a source says tells at
 * once that it is back.
 *
 * @param before alerts of its source that it may be of, the last one last
 */
export function isRisen(row: WindowRow, before: readonly OpenAlert[], hopMs: number): boolean {
  const share = shareOf(row);
  if (2 * share < 1 || (1 - share) * oddsOf(row.score) >= oddsOf(row.threshold)) return false;
  // a fall to nothing is held as silence in the end
  const usualRecords = usualOf(row, hopMs) ?? before.findLast(({ fall }) => fall)?.fall?.usualRecords;
  return usualRecords !== undefined && !isLow(row.records, usualRecords);
}

/** Whether a source says about as much as before the fall that its alert is about. */
export function hasRisen({ fall }: OpenAlert, { records }: Pick<WindowRow, 'records'>): boolean {
  return fall !== undefined && !isLow(records, fall.usualRecords);
}

function isLow(records: number, usualRecords: number): boolean {
  return records <= STILL_LOW * usualRecords;
}

/** What of the reasons of a row is that its source says too little, 0 to 1. */
function shareOf({ explanation }: WindowRow): number {
  let [own, all] = [0, 0];
  for (const { feature, amount } of explanation?.features ?? []) {
    all += amount;
    if (feature === 'fall' || feature === 'silence') own += amount;
  }
  return all === 0 ? 0 : own / all;
}

/** What a window held before the fall that a row alerts for. */
function usualOf({ startMs, endMs, explanation }: WindowRow, hopMs: number): number | undefined {
  return usualBeforeFall(explanation, { windowMs: endMs - startMs, hopMs });
}

function fell(open: OpenAlert, fall: Fall, startMs: number): OpenAlert {
  return startMs <= fall.untilMs ? open : { ...open, fall: { ...fall, untilMs: startMs } };
}

/** A late record may lift windows of long ago: it ends there, and what is low behind that has to alert again. */
function rose(open: OpenAlert, fall: Fall, startMs: number, hopMs: number): OpenAlert {
  const highMs = [...fall.highMs.filter((each) => each !== startMs), startMs]
    .sort((a, b) => a - b)
    .slice(-MOST_HIGH);
  const risenMs = highMs.find((each) => highMs.includes(each + hopMs)) ?? Infinity;
  let untilMs = Math.min(fall.untilMs, risenMs - hopMs);
  while (highMs.includes(untilMs)) untilMs -= hopMs;
  if (untilMs >= fall.sinceMs) return { ...open, fall: { ...fall, untilMs, highMs } };
  const { fall: _, ...rest } = open;
  return rest;
}
