// Waits for each canary and says what became of it. All that it knows is one plain state, committed together with the alert
// that follows from it; several judges of one store take turns, since each commit asks whether its owner is still that.
import type { Artifact } from '../../core/artifact.js';
import type { AlertEvent } from '../../core/alert-event.js';
import { type CanaryAnomaly, canaryAnomalies } from '../../core/canary/canary-plan.js';
import { type CanaryAlert, type CanaryOutcome, deadlineOf, outcomeOf } from './canary-outcome.js';
import { type MissedAlert, onCaught, onMissed } from './missed-alert.js';

/** Plain JSON. */
export interface CanaryState {
  /** Start of the last anomaly that was settled, ms; those before are nobody's any more. */
  readonly settledMs: number;
  readonly open: MissedAlert | null;
  /** When its judge was last at work, ms by its clock; who left by itself left no wait behind. */
  readonly beatMs: number;
  readonly hasLeft: boolean;
}

export interface Settled {
  readonly anomaly: CanaryAnomaly;
  readonly outcome: Exclude<CanaryOutcome, { kind: 'waiting' }>;
}

export interface Verdict {
  readonly state: CanaryState;
  readonly settled: readonly Settled[];
  /** At most one for each that was settled. */
  readonly events: readonly AlertEvent[];
}

/** Another judge that was not heard of for so long is gone. */
export const JUDGE_GONE_MS = 30_000;
/** A judge that was away for no longer goes on as though it had not been. */
const SHORT_ABSENCE_MS = 120_000;

/** Where a judge begins: whatever began while nobody watched for long gives no alert. */
export function beginJudging(known: CanaryState | undefined, nowMs: number): CanaryState {
  const wasAway = known === undefined || nowMs - known.beatMs > SHORT_ABSENCE_MS;
  return {
    settledMs: wasAway ? Math.max(nowMs, known?.settledMs ?? nowMs) : known.settledMs,
    open: known?.open ?? null,
    beatMs: nowMs,
    hasLeft: false,
  };
}

/** Whether somebody else is at it. @param known as the store has it */
export function isJudgedElsewhere(known: CanaryState | undefined, nowMs: number): boolean {
  return known !== undefined && !known.hasLeft && Math.abs(nowMs - known.beatMs) < JUDGE_GONE_MS;
}

/** Those that were not settled and have begun. */
export function unsettled(state: CanaryState, everyMs: number, nowMs: number): readonly CanaryAnomaly[] {
  return canaryAnomalies(everyMs, state.settledMs, nowMs).filter(({ startMs }) => startMs > state.settledMs);
}

/** Settles what can be, in order of time. @param alerts of the canary since the first that is not settled */
export function judgeCanaries(
  state: CanaryState,
  artifact: Pick<Artifact, 'spec' | 'threshold'>,
  everyMs: number,
  alerts: readonly CanaryAlert[],
  nowMs: number,
): Verdict {
  const settled: Settled[] = [];
  const events: AlertEvent[] = [];
  const threshold = artifact.threshold.value;
  let { settledMs } = state;
  let open = state.open ?? undefined;
  for (const anomaly of unsettled(state, everyMs, nowMs)) {
    const deadlineMs = deadlineOf(anomaly, artifact);
    const outcome = outcomeOf(anomaly, deadlineMs, alerts, nowMs);
    if (outcome.kind === 'waiting') break;
    const change =
      outcome.kind === 'missed'
        ? onMissed(open, anomaly, deadlineMs, threshold)
        : open && onCaught(open, anomaly, Math.floor(nowMs), threshold);
    if (change !== undefined) {
      events.push(change.event);
      open = change.open;
    }
    settledMs = anomaly.startMs;
    settled.push({ anomaly, outcome });
  }
  return { state: { settledMs, open: open ?? null, beatMs: nowMs, hasLeft: false }, settled, events };
}
