// An alert that is open: which windows it is made of, how strange it became, and for how long its reasons are the same.
import {
  addReasons,
  comparableWith,
  type Gravity,
  isNews,
  type KnownReasons,
  NOTHING_KNOWN,
  type WindowReasons,
} from './alert-reasons.js';
import type { Explanation, TemplateEvidence } from './alert.js';
import { type ArtifactTerms, hasOtherAmounts, isOfAnother } from './alert-life-terms.js';
import type { WindowRow } from './score-window.js';
import { scoreAtOdds } from './score-odds.js';

/** Windows without a record that follow one another, from one on that alerted for silence; plain JSON. */
export interface Silence {
  /** Start of the first and of the last one, ms. */
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Windows of far fewer records than usual, from one on that alerted for that; plain JSON. */
export interface Fall {
  /** Records a window before it fell. */
  readonly usualRecords: number;
  /** Start of the first and of the last one, ms. */
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Starts of windows since then that are not low, ascending; the last few of them. */
  readonly highMs: readonly number[];
}

/** Plain JSON. Optional is what states of earlier versions do not have. */
export interface OpenAlert {
  readonly alertId: string;
  readonly openedByRevision: number;
  /** The artifact that opened it first, `name@version`: it is stored under its name, whoever speaks later. */
  readonly openedBy?: string;
  /** In which its scores and lines are: of the last artifact that said that it is on. */
  readonly terms?: ArtifactTerms;
  readonly sinceMs: number;
  /** Starts of the alerting windows, ascending; the last MOST_STARTS of them. */
  readonly startsMs: readonly number[];
  /** Starts of windows that do not alert and keep it open, ascending; the last MOST_KEPT of them. */
  readonly keptMs?: readonly number[];
  /** Of one for silence: it is open while its source says nothing. */
  readonly silence?: Silence;
  /** Of one for a fall: it is open until its source says about as much as before. */
  readonly fall?: Fall;
  /** Whether there were more: such an alert can only become quiet. */
  readonly isLong: boolean;
  readonly peakScore: number;
  /** The highest score that an event told. */
  readonly toldScore: number;
  /** Events so far. */
  readonly events: number;
  /** Of the alerting windows that a correction may still change, ascending by start. */
  readonly recent?: readonly WindowReasons[];
  /** Of those before. */
  readonly settled?: SettledReasons;
  /** Start of the first window since it opened again, or since its reasons changed, ms; `sinceMs` where there is none. */
  readonly episodeMs?: number;
  /** Reasons of the alert that it took the place of: windows that alert for those alone are none of its own. */
  readonly under?: KnownReasons;
  /** Of one whose place a graver one took: end of that one so far, ms. */
  readonly leftMs?: number;
  /** Reasons of the windows that something was told with, corrected or not, and the greatest gravity among them. */
  readonly spoken?: KnownReasons;
  readonly spokenGravity?: Gravity;
  /** What was told last, with the lines that were told before. */
  readonly told?: Explanation;
  /** New lines of errors that are still to be told. */
  readonly untold?: readonly TemplateEvidence[];
  /** Starts of the windows that something was told of within the last hour, ms, ascending. */
  readonly toldMs?: readonly number[];
}

export interface SettledReasons {
  readonly reasons: KnownReasons;
  /** Since when nothing new was among them: start of a window, and the highest score at that time. */
  readonly changedMs: number;
  readonly changedScore: number;
  /** Start of the last window, ms. */
  readonly lastMs: number;
  /** Whether any of them was, and whether all of them were. */
  readonly isGrave: boolean;
  readonly isMild: boolean;
  /** Of the last window. */
  readonly terms?: ArtifactTerms;
}

const MOST_STARTS = 256;
const MOST_KEPT = 32;

/** A score keeps an alert open, though not alerting, from this share of the threshold's odds on. */
export const KEEPING_ODDS = 0.8;

export function openAlert(alertId: string, row: WindowRow, terms?: ArtifactTerms): OpenAlert {
  return {
    alertId,
    openedByRevision: row.revision,
    ...(terms ? { openedBy: terms.name, terms } : {}),
    sinceMs: row.startMs,
    startsMs: [row.startMs],
    keptMs: [],
    isLong: false,
    peakScore: row.score,
    toldScore: row.score,
    events: 0,
    recent: [],
  };
}

/** Start of its last alerting window or, of silence or a fall, of the last one with no or far too few records, ms. */
export function lastAlertingMs({ startsMs, sinceMs, silence, fall }: OpenAlert): number {
  return Math.max(startsMs.at(-1) ?? sinceMs, silence?.untilMs ?? sinceMs, fall?.untilMs ?? sinceMs);
}

/** Start of what is on now, ms. */
export function presentMs({ episodeMs, sinceMs }: OpenAlert): number {
  return episodeMs ?? sinceMs;
}

/** With one more alerting window. */
export function withWindow(open: OpenAlert, { startMs, score }: WindowRow): OpenAlert {
  const startsMs = insert(open.startsMs, startMs);
  return {
    ...open,
    sinceMs: Math.min(open.sinceMs, startMs),
    startsMs: startsMs.slice(-MOST_STARTS),
    keptMs: (open.keptMs ?? []).filter((each) => each !== startMs),
    isLong: open.isLong || startsMs.length > MOST_STARTS,
    peakScore: Math.max(open.peakScore, score),
  };
}

/** With a window that does not alert, or no longer: it may keep the alert open all the same. */
export function withoutWindow(open: OpenAlert, { startMs, score, threshold, alert }: WindowRow): OpenAlert {
  const isKeeping = !alert && score >= scoreAtOdds(threshold, KEEPING_ODDS);
  const others = (open.keptMs ?? []).filter((each) => each !== startMs);
  const startsMs = open.startsMs.filter((each) => each !== startMs);
  const { silence, fall, ...rest } = open;
  return {
    ...rest,
    // of an alert that was taken back nothing remains
    ...(silence && startsMs.length > 0 ? { silence } : {}),
    ...(fall && startsMs.length > 0 ? { fall } : {}),
    startsMs,
    keptMs: isKeeping ? insert(others, startMs).slice(-MOST_KEPT) : others,
    recent: (open.recent ?? []).filter((each) => each.startMs !== startMs),
  };
}

export function isMuchWorse(score: number, thanScore: number): boolean {
  return score > thanScore && 1 - score <= (1 - thanScore) / 2;
}

/** Start of the last window that alerts or, no longer than `lingerMs` after that, keeps the alert open. */
export function lastActiveMs(open: OpenAlert, lingerMs: number): number {
  const alertingMs = lastAlertingMs(open);
  const keptUntilMs = (open.keptMs ?? []).findLast((each) => each <= alertingMs + lingerMs);
  return Math.max(alertingMs, keptUntilMs ?? alertingMs);
}

/** With the reasons of a window, in place of what was known of it. */
export function withReasons(open: OpenAlert, reasons: WindowReasons): OpenAlert {
  const others = (open.recent ?? []).filter(({ startMs }) => startMs !== reasons.startMs);
  // a correction of what was settled long ago comes too late to be looked at
  if (open.settled && reasons.startMs <= open.settled.lastMs) return open;
  return { ...open, recent: [...others, reasons].sort((a, b) => a.startMs - b.startMs) };
}

/**
 * Takes the reasons of all windows up to this one as settled, in the order of time.
 *
 * @param known reasons that are no news for the source
 */
export function settle(open: OpenAlert, upToMs: number, known: KnownReasons): OpenAlert {
  const recent = open.recent ?? [];
  const due = recent.filter(({ startMs }) => startMs <= upToMs);
  if (due.length === 0) return open;
  let { settled } = open;
  for (const each of due) settled = settleOne(settled, each, known);
  return { ...open, recent: recent.slice(due.length), ...(settled ? { settled } : {}) };
}

function settleOne(
  before: SettledReasons | undefined,
  each: WindowReasons,
  known: KnownReasons,
): SettledReasons {
  const { startMs, score, isGrave, isMild, terms } = each;
  const isAnother = isOfAnother(before?.terms, terms);
  // what weighed so much by the one would hide what weighs less by the other
  const isAnew = before === undefined || hasOtherAmounts(before.terms, terms);
  const reasons = isAnew ? NOTHING_KNOWN : before.reasons;
  const isChanged =
    isAnew ||
    (!isAnother && isMuchWorse(score, before.changedScore)) ||
    isNews(comparableWith(each, before.terms), addReasons(known, reasons));
  const changedScore = isAnother ? score : Math.max(score, before?.changedScore ?? 0);
  return {
    reasons: addReasons(reasons, each),
    changedMs: isChanged ? startMs : before.changedMs,
    changedScore: isChanged || isAnother ? changedScore : before.changedScore,
    lastMs: startMs,
    isGrave: isGrave || before?.isGrave === true,
    isMild: isMild && before?.isMild !== false,
    ...(terms ? { terms } : {}),
  };
}

function insert(ascending: readonly number[], value: number): readonly number[] {
  return ascending.includes(value) ? ascending : [...ascending, value].sort((a, b) => a - b);
}
