// How long a sink that failed is left alone: twice as long each time up to a limit, with chance in it, so that many
// processes that lost it at one moment do not all come back at one.
import type { Random } from '../../core/random.js';

export interface BackOff {
  /** @param retryAfterMs what the sink asked for, at most MOST_ASKED_MS of it @returns when it may be tried again */
  failed(nowMs: number, retryAfterMs?: number): number;
  succeeded(): void;
  /** Before that nothing is to be tried, ms; -Infinity while all is well. */
  notBeforeMs(): number;
}

export const FIRST_BACK_OFF_MS = 1000;
export const MOST_BACK_OFF_MS = 5 * 60_000;
const MOST_ASKED_MS = 15 * 60_000;

export function createBackOff(random: Random): BackOff {
  let failures = 0;
  let notBeforeMs = Number.NEGATIVE_INFINITY;
  return {
    failed: (nowMs, retryAfterMs = 0) => {
      notBeforeMs = nowMs + Math.max(backOffMs(failures++, random), Math.min(retryAfterMs, MOST_ASKED_MS));
      return notBeforeMs;
    },
    succeeded: () => {
      failures = 0;
      notBeforeMs = Number.NEGATIVE_INFINITY;
    },
    notBeforeMs: () => notBeforeMs,
  };
}

/** @param failures before this one @returns between half and all of the doubled time */
export function backOffMs(failures: number, random: Random): number {
  const limitMs = Math.min(MOST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(failures, 30));
  return limitMs * (0.5 + random.next() / 2);
}
