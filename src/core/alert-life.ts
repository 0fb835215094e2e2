// From windows to alerts as a person gets them: one alert for a run of alerting windows, opened, updated, resolved.
// Corrections of windows shown before are taken into account; what was said once is never said twice.
import type { AlertLifeState } from './alert-life-state.js';
import type { AlertEvent, EventRow } from './alert-event.js';
import { lastAlertingMs } from './alert-life-open.js';
import { type AlertLifeOptions, completeOptions } from './alert-life-options.js';
import { createStep, latelyOf } from './alert-life-step.js';
import type { WindowRow } from './score-window.js';

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
