// From windows to alerts as a person gets them: one alert for a run of alerting windows, opened, updated, resolved.
// Corrections of windows shown before are taken into account; what was said once is never said twice.
import { createHash } from 'node:crypto';
import {
  isMuchWorse,
  lastActiveMs,
  openAlert,
  type OpenAlert,
  settle,
  withoutWindow,
  withReasons,
  withWindow,
} from './alert-life-open.js';
import { type AlertLifeOptions, completeOptions } from './alert-life-options.js';
import {
  addReasons,
  forgetReasons,
  isNews,
  type KnownReasons,
  NOTHING_KNOWN,
  reasonsOf,
  refreshReasons,
} from './alert-reasons.js';
import type { Explanation } from './alert.js';
import type { WindowRow } from './score-window.js';
import { REVISIONS_PER_GENERATION } from './window/windower.js';

export interface AlertEvent {
  readonly type: 'opened' | 'updated' | 'resolved';
  /** 16 hex digits of a SHA-256 over artifact name, source and start of the first alerting window. */
  readonly alertId: string;
  /**
   * `<alertId>-<r>-<n>`: r is the revision of the row that opened it (one that was retracted may open again), n counts
   * its events from 0. The same event has the same id after a restart.
   */
  readonly eventId: string;
  readonly source: string;
  /** Start of the first alerting window, ms. */
  readonly sinceMs: number;
  /** End of the last alerting window so far, ms. */
  readonly untilMs: number;
  /** The window that this event comes from. */
  readonly startMs: number;
  readonly endMs: number;
  readonly revision: number;
  readonly score: number;
  readonly threshold: number;
  readonly peakScore: number;
  /**
   * Of a resolved one: `quiet` after enough windows without alert, `retracted` when corrections took all of them back,
   * `absorbed` when it is still so and taken as the new level, `model changed` when another artifact speaks for the source
   * from here on. Of an opened one: `reopened` when it had been resolved before.
   */
  readonly reason?: 'quiet' | 'retracted' | 'absorbed' | 'model changed' | 'reopened';
  readonly explanation?: Explanation;
}

/** Plain JSON; of one source. Optional is what states of earlier versions do not have. */
export interface AlertLifeState {
  /** Start of the newest window seen, ms. */
  readonly newestStartMs: number;
  /** Alerts up to here were resolved: a correction before it opens nothing again. */
  readonly resolvedUntilMs: number | null;
  /** How often the source's clock was set back; see the windower. */
  readonly generation: number;
  readonly open: OpenAlert | null;
  /** The last one that became quiet, while it may still open again. */
  readonly resolved?: OpenAlert | null;
  /** Reasons that were told and are no news. */
  readonly known?: KnownReasons;
}

type EventRow = Omit<WindowRow, 'features' | 'records' | 'alert'>;

export interface AlertLife {
  /** Rows in the order of their issue, corrections included. At most three events come of one. */
  onRow(row: WindowRow, onEvent: (event: AlertEvent) => void): void;
  /** A window that another artifact speaks for: an open alert from before it is over. */
  leave(row: EventRow, onEvent: (event: AlertEvent) => void): void;
  /** States of the sources asked for; undefined for one that never had a row. */
  stateOf(source: string): AlertLifeState | undefined;
}

/**
 * - An alert opens with the first alerting window and is updated when it turns out to have begun earlier or becomes much
 *   worse (its score comes half as near to 1 again). It is resolved after `quietWindows` windows (a gap in the rows counts as
 *   such) whose odds are below 0.8 of the threshold's: a score that hovers there is one alert, for `lingerMs`. One that
 *   alerts again within `reopenWithinMs` opens again under its id.
 * - Corrections: a window that alerts after all extends the open alert or opens one, unless it lies before the end of
 *   one that was resolved; a window that no longer alerts is taken out of the open alert, which is `retracted` when none
 *   remains. A resolved alert stays resolved.
 * - A level is told once: an alert whose reasons have been the same for `absorbAfterMs` is `absorbed`, and windows that alert
 *   for those reasons do not count as alerting from then on, see `isNews`. Errors and silence are taken as a level only
 *   after `absorbGraveAfterMs` without a break. What was only for information is known once its alert became quiet.
 *
 * @param restored states by source, as `stateOf` gave them
 */
export function createAlertLife(
  options: AlertLifeOptions,
  restored: Iterable<readonly [source: string, state: AlertLifeState]> = [],
): AlertLife {
  const { artifactName, windowMs, hopMs, correctionMs, quietWindows, lingerMs } = completeOptions(options);
  const { reopenWithinMs, absorbAfterMs, absorbGraveAfterMs, forgetAfterMs } = completeOptions(options);
  const states = new Map<string, AlertLifeState>(restored);

  const idOf = (source: string, sinceMs: number): string =>
    createHash('sha256')
      .update(JSON.stringify([artifactName, source, sinceMs]))
      .digest('hex')
      .slice(0, 16);

  /** The event of a row, and the alert counting it. */
  const tell = (
    type: AlertEvent['type'],
    alert: OpenAlert,
    row: EventRow,
    onEvent: (event: AlertEvent) => void,
    reason?: AlertEvent['reason'],
  ): OpenAlert => {
    onEvent({
      type,
      alertId: alert.alertId,
      eventId: `${alert.alertId}-${alert.openedByRevision}-${alert.events}`,
      source: row.source,
      sinceMs: alert.sinceMs,
      untilMs: lastAlertingMs(alert) + windowMs,
      startMs: row.startMs,
      endMs: row.endMs,
      revision: row.revision,
      score: row.score,
      threshold: row.threshold,
      peakScore: alert.peakScore,
      ...(reason === undefined ? {} : { reason }),
      ...(type !== 'resolved' && row.explanation ? { explanation: row.explanation } : {}),
    });
    return { ...alert, events: alert.events + 1 };
  };

  const isQuiet = (alert: OpenAlert, newestStartMs: number): boolean =>
    newestStartMs - lastActiveMs(alert, lingerMs) >= quietWindows * hopMs;

  const mayReopen = (alert: OpenAlert, startMs: number): boolean =>
    startMs - (lastAlertingMs(alert) + windowMs) <= reopenWithinMs;

  const isLevel = ({ settled }: OpenAlert): boolean =>
    settled !== undefined &&
    settled.lastMs - settled.changedMs >= (settled.isGrave ? absorbGraveAfterMs : absorbAfterMs);

  return {
    stateOf: (source) => states.get(source),
    leave: (row, onEvent) => {
      const state = states.get(row.source);
      const alert = state?.open ?? state?.resolved;
      // a correction of what lies before the alert is no end of it
      if (state === undefined || alert == null || row.startMs <= lastAlertingMs(alert)) return;
      if (state.open) tell('resolved', state.open, row, onEvent, 'model changed');
      const resolvedUntilMs = Math.max(lastAlertingMs(alert), state.resolvedUntilMs ?? -Infinity);
      states.set(row.source, { ...state, resolvedUntilMs, open: null, resolved: null });
    },
    onRow: (row, onEvent) => {
      const { source, startMs } = row;
      const generation = Math.floor(row.revision / REVISIONS_PER_GENERATION);
      const before = states.get(source);
      // a clock that was set back begins another history: nothing of the former can be compared with it
      const isAnew = before === undefined || before.generation < generation;
      if (isAnew && before?.open) tell('resolved', before.open, row, onEvent, 'quiet');
      const state = isAnew ? undefined : before;
      let { open = null, resolved = null, resolvedUntilMs = null, known = NOTHING_KNOWN } = state ?? {};
      const newestStartMs = Math.max(state?.newestStartMs ?? startMs, startMs);

      const resolve = (alert: OpenAlert, reason: 'quiet' | 'retracted' | 'absorbed'): void => {
        const told = tell('resolved', alert, row, onEvent, reason);
        open = null;
        resolved = reason === 'quiet' ? told : null;
        if (reason === 'retracted') return;
        resolvedUntilMs = Math.max(lastAlertingMs(alert), resolvedUntilMs ?? -Infinity);
        const { settled } = reason === 'quiet' ? settle(alert, Infinity, known) : alert;
        if (settled && (reason === 'absorbed' || settled.isMild)) known = addReasons(known, settled.reasons);
      };

      const reasons = row.alert ? reasonsOf(row) : undefined;
      const isAlerting = row.alert && (reasons === undefined || isNews(reasons, known));
      if (reasons) known = refreshReasons(known, reasons);
      known = forgetReasons(known, newestStartMs - forgetAfterMs);

      // the windows that were missing before an in-order row count as quiet ones
      if (open && startMs === newestStartMs && isQuiet(open, startMs - hopMs)) resolve(open, 'quiet');
      if (isAlerting && open) {
        const extended = withWindow(open, row);
        const isTold = isMuchWorse(row.score, open.toldScore) || extended.sinceMs < open.sinceMs;
        open = isTold
          ? tell('updated', { ...extended, toldScore: extended.peakScore }, row, onEvent)
          : extended;
      } else if (isAlerting && (resolvedUntilMs === null || startMs > resolvedUntilMs)) {
        open =
          resolved && mayReopen(resolved, startMs)
            ? tell('opened', withWindow(resolved, row), row, onEvent, 'reopened')
            : tell('opened', openAlert(idOf(source, startMs), row), row, onEvent);
        resolved = null;
      } else if (!isAlerting && open) {
        const had = open.startsMs.length;
        open = withoutWindow(open, row);
        if (open.startsMs.length === 0 && had > 0) resolve(open, open.isLong ? 'quiet' : 'retracted');
      }
      if (open && isAlerting && reasons) open = withReasons(open, reasons);
      if (open) open = settle(open, newestStartMs - correctionMs, known);
      if (open && isQuiet(open, newestStartMs)) resolve(open, 'quiet');
      if (open && isLevel(open)) resolve(open, 'absorbed');
      if (resolved && !mayReopen(resolved, newestStartMs)) resolved = null;
      states.set(source, { newestStartMs, resolvedUntilMs, generation, open, resolved, known });
    },
  };
}

/** Start of its last alerting window, ms. */
function lastAlertingMs({ startsMs, sinceMs }: OpenAlert): number {
  return startsMs.at(-1) ?? sinceMs;
}
