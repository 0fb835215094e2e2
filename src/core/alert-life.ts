// From windows to alerts as a person gets them: one alert for a run of alerting windows, opened, updated, resolved.
// Corrections of windows shown before are taken into account; what was said once is never said twice.
import type { AlertLifeState } from './alert-life-state.js';
import type { OnAlertEvent } from './alert-event.js';
import { type AlertLifeOptions, completeOptions } from './alert-life-options.js';
import { createStep } from './alert-life-step.js';
import type { WindowRow } from './score-window.js';

export interface AlertLife {
  /** Rows in the order of their issue, corrections included. At most three events come of one. */
  onRow(row: WindowRow, onEvent: OnAlertEvent): void;
  /** States of the sources asked for; undefined for one that never had a row. */
  stateOf(source: string): AlertLifeState | undefined;
}

/**
 * - An alert opens with the first alerting window and is updated when it turns out to have begun earlier, becomes much worse
 *   (its score comes half as near to 1 again), is for other reasons or has new lines of errors; of the last two it says so
 *   six times an hour at most. It is resolved after `quietWindows` windows (a gap in the rows counts as such) whose odds
 *   are below 0.8 of the threshold's: a score that hovers there is one alert, for `lingerMs`, and one for silence is not
 *   over before its source has said something, and one for a fall is over after two windows that hold about as much as before. One that alerts again for the
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
 * - Artifacts that speak for a source one after the other share its state: an alert that is on when another takes over goes
 *   on under its id, its first window by that one is of it whatever its reasons are, and is told of only where they are graver.
 *   From then on it is held to scores and lines of that one. Levels stay known where amounts mean the same.
 *
 * @param restored states by source, as `stateOf` gave them; a map is kept as it is, and up to date
 */
export function createAlertLife(
  options: AlertLifeOptions,
  restored: Map<string, AlertLifeState> | Iterable<readonly [source: string, state: AlertLifeState]> = [],
): AlertLife {
  const step = createStep(completeOptions(options));
  const states = restored instanceof Map ? restored : new Map<string, AlertLifeState>(restored);
  return {
    stateOf: (source) => states.get(source),
    onRow: (row, onEvent) => {
      states.set(row.source, step.after(states.get(row.source), row, onEvent));
    },
  };
}
