// An end that comes in any case: what does not stop by then is left behind.
import type { Clock } from '../ports.js';

/** For the loops to commit what they have, and again for the client to leave its group. */
export const STOP_WITHIN_MS = 5000;

/** Resolves once the work is done, has failed, or took too long; never rejects. */
export async function within(limitMs: number, clock: Clock, work: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([work.catch(() => {}), clock.sleep(limitMs, patience.signal)]);
  patience.abort();
}
