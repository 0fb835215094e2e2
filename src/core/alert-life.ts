// From windows to alerts as a person gets them: one alert for a run of alerting windows, opened, updated, resolved.
// Corrections of windows shown before are taken into account; what was said once is never said twice.
import { createHash } from 'node:crypto';
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
   * `model changed` when another artifact speaks for the source from here on.
   */
  readonly reason?: 'quiet' | 'retracted' | 'model changed';
  readonly explanation?: Explanation;
}

/** Plain JSON; of one source. */
export interface AlertLifeState {
  /** Start of the newest window seen, ms. */
  readonly newestStartMs: number;
  /** Alerts up to here were resolved: a correction before it opens nothing again. */
  readonly resolvedUntilMs: number | null;
  /** How often the source's clock was set back; see the windower. */
  readonly generation: number;
  readonly open: OpenAlert | null;
}

export interface OpenAlert {
  readonly alertId: string;
  readonly openedByRevision: number;
  readonly sinceMs: number;
  /** Starts of the alerting windows, ascending; the last MOST_STARTS of them. */
  readonly startsMs: readonly number[];
  /** Whether there were more: such an alert can only become quiet. */
  readonly isLong: boolean;
  readonly peakScore: number;
  /** The highest score that an event told. */
  readonly toldScore: number;
  /** Events so far. */
  readonly events: number;
}

export interface AlertLifeOptions {
  readonly artifactName: string;
  /** Length of a window and distance of window starts, ms. */
  readonly windowMs: number;
  readonly hopMs: number;
  /** An alert is resolved after this many windows in a row that do not alert. Default 2. */
  readonly quietWindows?: number;
}

export interface AlertLife {
  /** Rows in the order of their issue, corrections included. At most three events come of one. */
  onRow(row: WindowRow, onEvent: (event: AlertEvent) => void): void;
  /** A window that another artifact speaks for: an open alert from before it is over. */
  leave(row: Omit<WindowRow, 'features' | 'records' | 'alert'>, onEvent: (event: AlertEvent) => void): void;
  /** States of the sources asked for; undefined for one that never had a row. */
  stateOf(source: string): AlertLifeState | undefined;
}

const MOST_STARTS = 256;

/**
 * An alert opens with the first alerting window, is updated when it turns out to have begun earlier or
 * becomes much worse (its score comes half as near to 1 again), and is resolved
 * after `quietWindows` windows without alert (a gap in the rows counts as such). Corrections: a window that alerts after
 * all extends the open alert or opens one, unless it lies before the end of one that was resolved; a window that no
 * longer alerts is taken out of the open alert, which is `retracted` when none remains. A resolved alert stays resolved.
 *
 * @param restored states by source, as `stateOf` gave them
 */
export function createAlertLife(
  options: AlertLifeOptions,
  restored: Iterable<readonly [source: string, state: AlertLifeState]> = [],
): AlertLife {
  const { artifactName, windowMs, hopMs, quietWindows = 2 } = options;
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
    row: Omit<WindowRow, 'features' | 'records' | 'alert'>,
    onEvent: (event: AlertEvent) => void,
    reason?: AlertEvent['reason'],
  ): OpenAlert => {
    onEvent({
      type,
      alertId: alert.alertId,
      eventId: `${alert.alertId}-${alert.openedByRevision}-${alert.events}`,
      source: row.source,
      sinceMs: alert.sinceMs,
      untilMs: (alert.startsMs.at(-1) ?? alert.sinceMs) + windowMs,
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
    newestStartMs - alert.startsMs.at(-1)! >= quietWindows * hopMs;

  return {
    stateOf: (source) => states.get(source),
    leave: (row, onEvent) => {
      const state = states.get(row.source);
      const lastMs = state?.open?.startsMs.at(-1);
      // a correction of what lies before the alert is no end of it
      if (state?.open == null || lastMs === undefined || row.startMs <= lastMs) return;
      tell('resolved', state.open, row, onEvent, 'model changed');
      const resolvedUntilMs = Math.max(lastMs, state.resolvedUntilMs ?? lastMs);
      states.set(row.source, { ...state, resolvedUntilMs, open: null });
    },
    onRow: (row, onEvent) => {
      const { source, startMs } = row;
      const generation = Math.floor(row.revision / REVISIONS_PER_GENERATION);
      const known = states.get(source);
      // a clock that was set back begins another history: nothing of the former can be compared with it
      const isAnew = known === undefined || known.generation < generation;
      let resolvedUntilMs = isAnew ? null : known.resolvedUntilMs;
      let open = known?.open ?? null;
      const resolve = (alert: OpenAlert, reason: 'quiet' | 'retracted'): void => {
        tell('resolved', alert, row, onEvent, reason);
        const untilMs = alert.startsMs.at(-1) ?? alert.sinceMs;
        if (reason === 'quiet') resolvedUntilMs = Math.max(untilMs, resolvedUntilMs ?? untilMs);
        open = null;
      };
      if (isAnew && open) resolve(open, 'quiet');
      if (isAnew) resolvedUntilMs = null;

      const newestStartMs = isAnew ? startMs : Math.max(known.newestStartMs, startMs);
      // the windows that were missing before an in-order row count as quiet ones
      if (open && startMs === newestStartMs && isQuiet(open, startMs - hopMs)) resolve(open, 'quiet');
      if (row.alert && open) open = extend(open, row, (alert) => tell('updated', alert, row, onEvent));
      else if (row.alert && (resolvedUntilMs === null || startMs > resolvedUntilMs)) {
        open = tell('opened', openAlert(idOf(source, startMs), row), row, onEvent);
      } else if (!row.alert && open?.startsMs.includes(startMs)) {
        open = { ...open, startsMs: open.startsMs.filter((each) => each !== startMs) };
        if (open.startsMs.length === 0) resolve(open, open.isLong ? 'quiet' : 'retracted');
      }
      if (open && isQuiet(open, newestStartMs)) resolve(open, 'quiet');
      states.set(source, { newestStartMs, resolvedUntilMs, generation, open });
    },
  };
}

function openAlert(alertId: string, row: WindowRow): OpenAlert {
  return {
    alertId,
    openedByRevision: row.revision,
    sinceMs: row.startMs,
    startsMs: [row.startMs],
    isLong: false,
    peakScore: row.score,
    toldScore: row.score,
    events: 0,
  };
}

/** The alert with one more alerting window; told only when it became much worse or began earlier. */
function extend(open: OpenAlert, row: WindowRow, update: (alert: OpenAlert) => OpenAlert): OpenAlert {
  const { startMs, score } = row;
  const startsMs = open.startsMs.includes(startMs)
    ? open.startsMs
    : [...open.startsMs, startMs].sort((a, b) => a - b);
  const extended = {
    ...open,
    sinceMs: Math.min(open.sinceMs, startMs),
    startsMs: startsMs.slice(-MOST_STARTS),
    isLong: open.isLong || startsMs.length > MOST_STARTS,
    peakScore: Math.max(open.peakScore, score),
  };
  const isMuchWorse = score > open.toldScore && 1 - score <= (1 - open.toldScore) / 2;
  if (!isMuchWorse && extended.sinceMs === open.sinceMs) return extended;
  return update({ ...extended, toldScore: extended.peakScore });
}
