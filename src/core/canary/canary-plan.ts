// When the canary has which trouble: a function of time alone, so that whoever makes it and whoever waits for it agree
// without a word between them, before and after any restart.
import { createRandom } from '../random.js';

/** In turn. */
export const CANARY_KINDS = ['error-burst', 'new-lines', 'volume-burst', 'silence'] as const;
export type CanaryKind = (typeof CANARY_KINDS)[number];

/** One planned anomaly: `[startMs, endMs)`. */
export interface CanaryAnomaly {
  /** The same for the same plan, wherever it is asked. */
  readonly id: string;
  readonly kind: CanaryKind;
  readonly startMs: number;
  readonly endMs: number;
}

export const DEFAULT_CANARY_EVERY_MS = 3_600_000;
/** The alert of one has to be over before the next begins: its length, what a score is held for, and as much again. */
export const LEAST_CANARY_EVERY_MS = 1_800_000;

/** A silence needs some windows to be told from a pause; the others are there with their first lines. */
const LENGTH_MS: Readonly<Record<CanaryKind, number>> = {
  'error-burst': 60_000,
  'new-lines': 60_000,
  'volume-burst': 90_000,
  silence: 300_000,
};

/**
 * One in each `everyMs` of the clock, somewhere in its middle half.
 *
 * @param everyMs at least LEAST_CANARY_EVERY_MS
 * @returns those that overlap `[fromMs, toMs)`, in order of time
 */
export function canaryAnomalies(everyMs: number, fromMs: number, toMs: number): readonly CanaryAnomaly[] {
  if (!(everyMs >= LEAST_CANARY_EVERY_MS))
    throw new RangeError(
      `canary anomalies must be at least ${LEAST_CANARY_EVERY_MS / 60_000} minutes apart, so that the alert of one is over before the next, got ${everyMs} ms`,
    );
  const found: CanaryAnomaly[] = [];
  for (let turn = Math.floor(fromMs / everyMs); turn * everyMs < toMs; turn++) {
    const anomaly = anomalyOf(turn, everyMs);
    if (anomaly.endMs > fromMs && anomaly.startMs < toMs) found.push(anomaly);
  }
  return found;
}

function anomalyOf(turn: number, everyMs: number): CanaryAnomaly {
  const kind = CANARY_KINDS[turn % CANARY_KINDS.length]!;
  const share = 0.25 + 0.5 * createRandom(`canary plan ${everyMs} ${turn}`).next();
  const startMs = Math.floor(turn * everyMs + share * (everyMs - LENGTH_MS[kind]));
  return { id: `canary-${kind}-${startMs}`, kind, startMs, endMs: startMs + LENGTH_MS[kind] };
}
