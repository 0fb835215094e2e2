// What a demo with known anomalies can say about itself: how many were caught, how many alerts were for nothing.
import type { StoredAlert, StoredWindow } from '../ports.js';

/** An anomaly that the feed injected. */
export interface Injected {
  readonly id: string;
  readonly kind: string;
  readonly startMs: number;
  readonly endMs: number;
  /** First record that differs from health. */
  readonly onsetMs: number;
  readonly services: readonly string[];
  readonly rootService: string;
  /** 0 to 1. */
  readonly strength: number;
}

export interface Judgement {
  readonly injected: number;
  readonly caught: number;
  readonly missed: number;
  /** Not caught yet, and their first window cannot have been closed by now. */
  readonly undecided: number;
  readonly falseAlerts: number;
}

export interface JudgeOptions {
  /** Anomalies that began before the stream did are nobody's to catch. */
  readonly fromMs: number;
  readonly nowMs: number;
  readonly hopMs: number;
  /** From the end of a window to when it is closed at the latest, ms. */
  readonly closeDelayMs: number;
  /** A score is held for so long: an alert may outlive its cause by it. */
  readonly graceMs: number;
}

/**
 * An anomaly is caught by an alerting window of one of its services that overlaps it or the grace after it; an alert that
 * no anomaly overlaps in that way is false.
 */
export function judgeAlerts(
  labels: readonly Injected[],
  alerting: readonly StoredWindow[],
  alerts: readonly StoredAlert[],
  { fromMs, nowMs, hopMs, closeDelayMs, graceMs }: JudgeOptions,
): Judgement {
  const belongs = (label: Injected, source: string, startMs: number, endMs: number): boolean =>
    (source === '*' || label.services.includes(source)) &&
    startMs < label.endMs + graceMs &&
    label.startMs < endMs;

  let caught = 0;
  let undecided = 0;
  const judged = labels.filter(({ onsetMs }) => onsetMs >= fromMs);
  for (const label of judged) {
    const closedByMs = (Math.floor(label.onsetMs / hopMs) + 1) * hopMs + closeDelayMs;
    if (alerting.some(({ source, startMs, endMs }) => belongs(label, source, startMs, endMs))) caught++;
    else if (closedByMs > nowMs) undecided++;
  }
  return {
    injected: judged.length,
    caught,
    missed: judged.length - caught - undecided,
    undecided,
    falseAlerts: alerts.filter(
      ({ source, sinceMs, untilMs }) => !labels.some((label) => belongs(label, source, sinceMs, untilMs)),
    ).length,
  };
}
