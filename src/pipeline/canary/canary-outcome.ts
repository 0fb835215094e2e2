// What became of one canary: told in time, missed, or still to be waited for; and the labels that say so to the dashboard.
import type { AlertEvent } from '../../core/alert-event.js';
import type { Artifact } from '../../core/artifact.js';
import { type CanaryAnomaly } from '../../core/canary/canary-plan.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import { onsetOf } from '../../core/canary/canary-trouble.js';
import type { StoredLabel } from '../dashboard/reader.js';

export type CanaryOutcome =
  | { readonly kind: 'caught'; readonly timeToDetectMs: number }
  | { readonly kind: 'missed' }
  | { readonly kind: 'waiting' };

/** An alert of the canary that was opened, maybe not for the first time, or became worse. */
export interface CanaryAlert {
  readonly event: Pick<AlertEvent, 'startMs' | 'endMs'>;
  readonly commitTimeMs: number;
}

/** All are made strong enough to be told. */
const STRENGTH = 0.5;
/** Beyond two windows and their lateness: for ticks, commits, and a topic on the way. */
const MARGIN_MS = 30_000;

/** Until when an anomaly of the canary has to be told, ms by the wall clock. */
export function deadlineOf({ endMs }: CanaryAnomaly, { spec }: Pick<Artifact, 'spec'>): number {
  return endMs + 2 * spec.window.windowMs + spec.window.allowedLatenessMs + MARGIN_MS;
}

/** @param alerts of the canary, of any time @param nowMs of the wall clock */
export function outcomeOf(
  anomaly: CanaryAnomaly,
  deadlineMs: number,
  alerts: readonly CanaryAlert[],
  nowMs: number,
): CanaryOutcome {
  const told = alerts
    .filter(({ event }) => event.endMs > anomaly.startMs && event.startMs < deadlineMs)
    .map(({ commitTimeMs }) => commitTimeMs)
    .filter((commitTimeMs) => commitTimeMs <= deadlineMs);
  if (told.length > 0)
    return { kind: 'caught', timeToDetectMs: Math.max(0, Math.min(...told) - onsetOf(anomaly)) };
  return nowMs > deadlineMs ? { kind: 'missed' } : { kind: 'waiting' };
}

export function labelOf(anomaly: CanaryAnomaly): StoredLabel {
  const { id, kind, startMs, endMs } = anomaly;
  return {
    id,
    kind,
    startMs,
    endMs,
    onsetMs: onsetOf(anomaly),
    services: [CANARY_SOURCE],
    rootService: CANARY_SOURCE,
    strength: STRENGTH,
    isCanary: true,
  };
}
