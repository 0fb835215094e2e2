// From an alert and a row to the event that is told of it: its id, its times, and what it is said to be about.
import { lastAlertingMs, type OpenAlert } from './alert-life-open.js';
import { asTold, explanationOf } from './alert-life-told.js';
import type { AlertEvent, EventRow, OnAlertEvent } from './alert-event.js';

/** Tells the event of a row. @returns the alert, counting it */
export type Tell = (
  type: AlertEvent['type'],
  alert: OpenAlert,
  row: EventRow,
  onEvent: OnAlertEvent,
  reason?: AlertEvent['reason'],
) => OpenAlert;

/** @param windowMs length of a window, ms */
export function createTell(windowMs: number): Tell {
  return (type, alert, row, onEvent, reason) => {
    const isMore = type !== 'resolved' || alert.events > 1 || alert.untold !== undefined;
    const window = type === 'resolved' ? undefined : row.explanation;
    const explanation = isMore ? explanationOf(alert, window) : undefined;
    const event: AlertEvent = {
      type,
      alertId: alert.alertId,
      eventId: `${alert.alertId}-${alert.openedByRevision}-${alert.events}`,
      source: row.source,
      sinceMs: alert.sinceMs,
      ...(alert.episodeMs === undefined ? {} : { episodeMs: alert.episodeMs }),
      untilMs: lastAlertingMs(alert) + windowMs,
      startMs: row.startMs,
      endMs: row.endMs,
      revision: row.revision,
      score: row.score,
      threshold: row.threshold,
      peakScore: alert.peakScore,
      ...(reason === undefined ? {} : { reason }),
      ...(explanation === undefined ? {} : { explanation }),
    };
    onEvent(event, alert.openedBy);
    const told = type === 'resolved' ? alert : asTold(alert, row.startMs, explanation);
    return { ...told, events: alert.events + 1 };
  };
}
