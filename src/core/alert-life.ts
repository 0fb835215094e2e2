// From windows to alerts as a person gets them: one alert for a run of alerting windows, opened, updated, resolved.
// Corrections of windows shown before are taken into account; what was said once is never said twice.
import { lastAlertingMs, type OpenAlert } from './alert-life-open.js';
import { type AlertLifeOptions, completeOptions } from './alert-life-options.js';
import { createStep, latelyOf } from './alert-life-step.js';
import type { KnownReasons } from './alert-reasons.js';
import type { Explanation } from './alert.js';
import type { WindowRow } from './score-window.js';

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
  /**
   * Start of the first window of what is on now, ms: of an alert that opened again, or whose reasons changed. The same as
   * `sinceMs` where it is not given.
   */
  readonly episodeMs?: number;
  /** End of the last alerting window so far or, of silence, of the last one without a record, ms. */
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
   * from here on, `superseded` when graver things began, which are an alert of their own. Of an opened one: `reopened` when
   * it had been resolved before. Of an updated one: `changed` when it is for other reasons now, `more lines` when new lines
   * of errors came; none when it became much worse or turned out to have begun earlier.
   */
  readonly reason?:
    | 'quiet'
    | 'retracted'
    | 'absorbed'
    | 'model changed'
    | 'superseded'
    | 'reopened'
    | 'changed'
    | 'more lines';
  /**
   * Of the window, and the lines that were told before or since; of a resolved one what was told last, where that was more
   * than its opening.
   */
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
  /** Those that are over, while they may still open again; the last one comes last. */
  readonly lately?: readonly OpenAlert[];
  /** The same, of states of earlier versions: the last one alone. */
  readonly resolved?: OpenAlert | null;
  /** Reasons that were told and are no news. */
  readonly known?: KnownReasons;
}

export type EventRow = Omit<WindowRow, 'features' | 'records' | 'alert'>;

export interface AlertLife {
  /** Rows in the order of their issue, corrections included. At most three events come of one. */
  onRow(row: WindowRow, onEvent: (event: AlertEvent) => void): void;
  /** A window that another artifact speaks for: an open alert from before it is over. */
  leave(row: EventRow, onEvent: (event: AlertEvent) => void): void;
  /** States of the sources asked for; undefined for one that never had a row. */
  stateOf(source: string): AlertLifeState | undefined;
}

/**
 * - An alert opens with the first alerting window and is updated when it turns out to have begun earlier, becomes much worse
 *   (its score comes half as near to 1 again), is for other reasons or has new lines of errors; of the last two it says so
 *   six times an hour at most. It is resolved after `quietWindows` windows (a gap in the rows counts as such) whose odds
 *   are below 0.8 of the threshold's: a score that hovers there is one alert, for `lingerMs`, and one for silence is not
 *   over before its source has said something. One that alerts again for the
 *   same reasons within `reopenWithinMs` opens again under its id; for other reasons it is another alert, see `isOther`.
 * - Graver things that begin later than five minutes after an alert did take its place, as an alert of their own. When
 *   they are over and the former is still so, that opens again.
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
  const step = createStep(completeOptions(options));
  const states = new Map<string, AlertLifeState>(restored);
  return {
    stateOf: (source) => states.get(source),
    leave: (row, onEvent) => {
      const state = states.get(row.source);
      const alert = state?.open ?? (state && latelyOf(state).at(-1));
      // a correction of what lies before the alert is no end of it
      if (state === undefined || alert == null || row.startMs <= lastAlertingMs(alert)) return;
      if (state.open) step.tell('resolved', state.open, row, onEvent, 'model changed');
      const resolvedUntilMs = Math.max(lastAlertingMs(alert), state.resolvedUntilMs ?? -Infinity);
      const { resolved: _, ...rest } = state;
      states.set(row.source, { ...rest, resolvedUntilMs, open: null, lately: [] });
    },
    onRow: (row, onEvent) => {
      states.set(row.source, step.after(states.get(row.source), row, onEvent));
    },
  };
}
