// The alert about missed canaries: one for any number of them in a row, over with the next one that is told.
import { createHash } from 'node:crypto';
import { CANARY_MISSED } from '../../core/alert-kind.js';
import type { AlertEvent } from '../../core/alert-event.js';
import type { CanaryAnomaly } from '../../core/canary/canary-plan.js';
import { DETECTION_SOURCE } from '../../core/canary/canary-source.js';

/** Plain JSON. */
export interface MissedAlert {
  readonly alertId: string;
  readonly sinceMs: number;
  readonly missed: number;
  readonly events: number;
}

export interface MissedChange {
  readonly open: MissedAlert | undefined;
  readonly event: AlertEvent;
}

/** @param whenMs when it was clear @param threshold of the artifact, for whoever compares */
export function onMissed(
  open: MissedAlert | undefined,
  anomaly: CanaryAnomaly,
  whenMs: number,
  threshold: number,
): MissedChange {
  const { alertId, sinceMs, missed, events } = open ?? {
    alertId: createHash('sha256').update(`${DETECTION_SOURCE}|${anomaly.id}`).digest('hex').slice(0, 16),
    sinceMs: anomaly.startMs,
    missed: 0,
    events: 0,
  };
  const now = { alertId, sinceMs, missed: missed + 1, events: events + 1 };
  return {
    open: now,
    event: {
      ...eventOf(events === 0 ? 'opened' : 'updated', { ...now, events }, anomaly.startMs, whenMs, threshold),
      explanation: {
        peakEndMs: whenMs,
        features: [
          { feature: CANARY_MISSED, value: now.missed, usualLow: 0, usualHigh: 0, amount: now.missed },
        ],
        templates: [],
      },
    },
  };
}

/** @param anomaly that was told */
export function onCaught(
  open: MissedAlert,
  anomaly: CanaryAnomaly,
  whenMs: number,
  threshold: number,
): MissedChange {
  return {
    open: undefined,
    event: { ...eventOf('resolved', open, anomaly.startMs, whenMs, threshold), reason: 'quiet' },
  };
}

/** Whether detection works now is the next model's to show. @param whenMs when that one began to be judged */
export function onModelChanged(open: MissedAlert, whenMs: number, threshold: number): AlertEvent {
  return { ...eventOf('resolved', open, open.sinceMs, whenMs, threshold), reason: 'model changed' };
}

function eventOf(
  type: AlertEvent['type'],
  { alertId, sinceMs, events }: MissedAlert,
  startMs: number,
  whenMs: number,
  threshold: number,
): AlertEvent {
  return {
    type,
    alertId,
    eventId: `${alertId}-0-${events}`,
    source: DETECTION_SOURCE,
    sinceMs,
    untilMs: whenMs,
    startMs,
    endMs: whenMs,
    revision: 0,
    score: type === 'resolved' ? 0 : 1,
    threshold,
    peakScore: 1,
  };
}
