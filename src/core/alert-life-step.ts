// One window of a source: what becomes of its alert, and what is told of that. All that is remembered comes as a state and
// leaves as one.
import { createHash } from 'node:crypto';
import { goneOn, isGraverBy, takenOn } from './alert-life-heir.js';
import {
  isGraver,
  isMilderMatter,
  isOfAlert,
  isOther,
  liesUnder,
  reasonsSoFar,
  withSpoken,
  withSpokenOf,
} from './alert-life-same.js';
import {
  isMuchWorse,
  lastAlertingMs,
  openAlert,
  type OpenAlert,
  presentMs,
  settle,
  withoutWindow,
  withReasons,
  withWindow,
} from './alert-life-open.js';
import type { CompleteOptions } from './alert-life-options.js';
import { withSilence } from './alert-life-silence.js';
import { hasRisen, isRisen, withFall } from './alert-life-fall.js';
import { createTell } from './alert-life-tell.js';
import { createTimes } from './alert-life-times.js';
import { hasOtherAmounts, isOfAnother } from './alert-life-terms.js';
import { mayTell, withNewLines } from './alert-life-told.js';
import type { OnAlertEvent } from './alert-event.js';
import type { AlertLifeState } from './alert-life-state.js';
import {
  addReasons,
  forgetReasons,
  isNews,
  type KnownReasons,
  NOTHING_KNOWN,
  reasonsOf,
  refreshReasons,
  type WindowReasons,
} from './alert-reasons.js';
import type { WindowRow } from './score-window.js';
import { REVISIONS_PER_GENERATION } from './window/issue-windows.js';

export interface AlertStep {
  /** The state after a row. */
  after(before: AlertLifeState | undefined, row: WindowRow, onEvent: OnAlertEvent): AlertLifeState;
}

/** What begins no later than this after an alert did is the same trouble unfolding, ms. */
const UNFOLDS_MS = 300_000;
/** More that may open again at a time are not remembered. */
const MOST_LATELY = 4;

export function createStep(options: CompleteOptions): AlertStep {
  const { artifactName, terms, windowMs, hopMs, correctionMs, forgetAfterMs } = options;

  const idOf = (source: string, sinceMs: number): string =>
    createHash('sha256')
      .update(JSON.stringify([artifactName, source, sinceMs]))
      .digest('hex')
      .slice(0, 16);

  const tell = createTell(windowMs);

  const { isQuiet, mayReopen, isLevel } = createTimes(options);

  const after: AlertStep['after'] = (before, row, onEvent) => {
    const { source, startMs } = row;
    const generation = Math.floor(row.revision / REVISIONS_PER_GENERATION);
    // a clock that was set back begins another history: nothing of the former can be compared with it
    const isAnew = before === undefined || before.generation < generation;
    if (isAnew && before?.open) tell('resolved', before.open, row, onEvent, 'quiet');
    const state = isAnew ? undefined : before;
    let { open = null, resolvedUntilMs = null, known = NOTHING_KNOWN } = state ?? {};
    let lately = state ? latelyOf(state) : [];
    const newestStartMs = Math.max(state?.newestStartMs ?? startMs, startMs);

    const resolve = (alert: OpenAlert, reason: 'quiet' | 'retracted' | 'absorbed' | 'superseded'): void => {
      const told = tell('resolved', alert, row, onEvent, reason);
      const endMs = lastAlertingMs(alert) + windowMs;
      open = null;
      // those whose place it took may go on from here; that it was taken back must not be told again and again
      if (alert.under)
        lately = lately.map((each) => {
          if (each.leftMs === undefined) return each;
          return { ...(reason === 'retracted' ? withSpokenOf(each, alert) : each), leftMs: endMs };
        });
      if (reason === 'retracted') return;
      if (reason === 'absorbed') lately = [];
      else lately = [...lately, reason === 'quiet' ? told : { ...told, leftMs: endMs }].slice(-MOST_LATELY);
      resolvedUntilMs = Math.max(lastAlertingMs(alert), resolvedUntilMs ?? -Infinity);
      const { settled } = reason === 'absorbed' ? alert : settle(alert, Infinity, known);
      if (settled && (reason === 'absorbed' || settled.isMild)) known = addReasons(known, settled.reasons);
    };

    const lastOf = (reasons: WindowReasons | undefined): OpenAlert | undefined =>
      lately.findLast((each) => mayReopen(each, startMs) && isOfAlert(reasons, each));

    const openWith = (reasons: WindowReasons | undefined, under?: KnownReasons): OpenAlert => {
      const again = lastOf(reasons);
      if (again === undefined) {
        const fresh = { ...openAlert(idOf(source, startMs), row, terms), ...(under ? { under } : {}) };
        return tell('opened', withSpoken(fresh, reasons), row, onEvent);
      }
      lately = lately.filter((each) => each !== again);
      const isTaken = terms !== undefined && isOfAnother(again.terms, terms);
      const { leftMs: _, ...rest } = isTaken ? again : withNewLines(again, row.explanation);
      const wider = withWindow(rest, row);
      const own = isTaken ? takenOn(wider, row, terms) : wider;
      const next = { ...withSpoken(own, reasons), episodeMs: startMs };
      return tell('opened', next, row, onEvent, 'reopened');
    };

    /** Of a fall that is over: what comes behind it and is less grave must not take its words. */
    const isBehindFall = (reasons: WindowReasons | undefined, alert: OpenAlert): boolean =>
      startMs === newestStartMs &&
      reasons !== undefined &&
      hasRisen(alert, row) &&
      isMilderMatter(reasons, alert);

    /** Whether it is a window of the alert, and not of one whose place that took; another artifact knows nothing of those. */
    const isFor = (reasons: WindowReasons | undefined, alert: OpenAlert): boolean =>
      isOfAnother(alert.terms, terms) || (!liesUnder(reasons, alert) && !isBehindFall(reasons, alert));

    /** Whether the window begins something graver than what the alert is about, when that has been on for a while. */
    const takesThePlace = (reasons: WindowReasons, alert: OpenAlert): boolean =>
      startMs === newestStartMs &&
      !isOfAnother(alert.terms, terms) &&
      isGraver(reasons, alert) &&
      isOther(reasons, reasonsSoFar(alert), true) &&
      (startMs - presentMs(alert) > UNFOLDS_MS || lastOf(reasons)?.under !== undefined);

    const extend = (alert: OpenAlert, reasons: WindowReasons | undefined): OpenAlert => {
      const isNewest = startMs === newestStartMs;
      if (terms !== undefined && isOfAnother(alert.terms, terms)) {
        const next = goneOn(alert, row, terms, isNewest);
        if (isNewest && isGraverBy(reasons, alert))
          return tell('updated', withSpoken(next, reasons), row, onEvent, 'changed');
        return next.sinceMs < alert.sinceMs ? tell('updated', next, row, onEvent) : next;
      }
      const extended = withNewLines(withWindow(alert, row), row.explanation);
      const isChanged = isNewest && !isOfAlert(reasons, alert);
      const isWorse = isMuchWorse(row.score, alert.toldScore) || extended.sinceMs < alert.sinceMs;
      const isSpoken =
        isWorse ||
        (isChanged && reasons !== undefined && isGraver(reasons, alert)) ||
        ((isChanged || extended.untold !== undefined) && mayTell(alert, startMs));
      if (!isSpoken) return extended;
      const isAnother = isChanged && startMs - presentMs(alert) > UNFOLDS_MS;
      const next = {
        ...withSpoken(extended, reasons),
        toldScore: extended.peakScore,
        ...(isAnother ? { episodeMs: startMs } : {}),
      };
      const why = isChanged ? 'changed' : isWorse ? undefined : 'more lines';
      return tell('updated', next, row, onEvent, why);
    };

    // of a level that weighed otherwise nothing can be said but that it may be news
    if (startMs === newestStartMs && hasOtherAmounts(state?.terms, terms)) known = NOTHING_KNOWN;
    const reasons = row.alert ? reasonsOf(row, terms) : undefined;
    const isAlerting =
      row.alert &&
      !isRisen(row, open ? [...lately, open] : lately, hopMs) &&
      (reasons === undefined || isNews(reasons, known));
    if (reasons) known = refreshReasons(known, reasons);
    known = forgetReasons(known, newestStartMs - forgetAfterMs);

    // the windows that were missing before an in-order row count as quiet ones
    if (open && startMs === newestStartMs && isQuiet(open, startMs - hopMs)) resolve(open, 'quiet');
    if (open && isAlerting && isFor(reasons, open)) {
      if (reasons && takesThePlace(reasons, open)) {
        const under = addReasons(open.under ?? NOTHING_KNOWN, reasonsSoFar(open));
        resolve(open, 'superseded');
        open = openWith(reasons, under);
      } else open = extend(open, reasons);
    } else if (open) {
      const had = open.startsMs.length;
      open = withoutWindow(open, row);
      if (open.startsMs.length === 0 && had > 0) resolve(open, open.isLong ? 'quiet' : 'retracted');
      else if (isAlerting && startMs === newestStartMs && isQuiet(open, startMs)) resolve(open, 'quiet');
    }
    if (!open && isAlerting && (resolvedUntilMs === null || startMs > resolvedUntilMs))
      open = openWith(reasons);
    const isOwn = open !== null && isAlerting && isFor(reasons, open);
    if (open && isOwn && reasons) open = withReasons(open, reasons);
    if (open) open = withFall(withSilence(open, row, isOwn, hopMs), row, isOwn, hopMs);
    if (open) open = settle(open, newestStartMs - correctionMs, known);
    if (open && isQuiet(open, newestStartMs)) resolve(open, 'quiet');
    if (open && isLevel(open)) resolve(open, 'absorbed');
    const { under } = open ?? {};
    lately = lately.filter((each) => (under && each.leftMs !== undefined) || mayReopen(each, newestStartMs));
    const inTerms = startMs === newestStartMs ? terms : state?.terms;
    const next = { newestStartMs, resolvedUntilMs, generation, open, lately, known };
    return inTerms ? { ...next, terms: inTerms } : next;
  };
  return { after };
}

/** Those that may open again. */
export function latelyOf({ lately, resolved }: AlertLifeState): readonly OpenAlert[] {
  return lately ?? (resolved ? [resolved] : []);
}
