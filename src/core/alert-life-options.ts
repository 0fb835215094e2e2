// How long each step of an alert's life takes. The defaults are part of the code, not of an artifact: they say how people are
// told, not what is strange.
import type { ArtifactTerms } from './alert-life-terms.js';

export interface AlertLifeOptions {
  readonly artifactName: string;
  /** Given where others may speak for the same sources before or after it. */
  readonly terms?: ArtifactTerms;
  /** Length of a window and distance of window starts, ms. */
  readonly windowMs: number;
  readonly hopMs: number;
  /** For how long a window is corrected: reasons are compared when they can no longer change, ms. Default 5 minutes. */
  readonly correctionMs?: number;
  /** An alert is resolved after this many windows in a row that do not keep it open. Default 2. */
  readonly quietWindows?: number;
  /** Longest time after its last alerting window that scores near the threshold keep an alert open, ms. Default 10 minutes. */
  readonly lingerMs?: number;
  /** What alerts no later than this after the end of an alert is the same alert again, ms. Default 10 minutes. */
  readonly reopenWithinMs?: number;
  /** Reasons that have not changed for so long become the new level, ms. Default 1 hour. */
  readonly absorbAfterMs?: number;
  /** The same of errors, silence and falls, ms. Default 24 hours. */
  readonly absorbGraveAfterMs?: number;
  /** A level that was not seen for so long is news when it comes back, ms. Default 24 hours: what comes by day only is not. */
  readonly forgetAfterMs?: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** All of them but the terms, which there may be none of. */
export type CompleteOptions = Required<Omit<AlertLifeOptions, 'terms'>> & Pick<AlertLifeOptions, 'terms'>;

export function completeOptions(options: AlertLifeOptions): CompleteOptions {
  return {
    correctionMs: 5 * MINUTE_MS,
    quietWindows: 2,
    lingerMs: 10 * MINUTE_MS,
    reopenWithinMs: 10 * MINUTE_MS,
    absorbAfterMs: HOUR_MS,
    absorbGraveAfterMs: 24 * HOUR_MS,
    forgetAfterMs: 24 * HOUR_MS,
    ...options,
  };
}
