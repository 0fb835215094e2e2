// A question to a broker that may be away: asked again until it is answered.
import type { Clock } from '../ports.js';

const RETRY_AFTER_MS = 1000;

/**
 * @param what is asked for, as words: `the offsets of topic logs`
 * @returns undefined once the signal aborts
 */
export async function askAgain<T>(
  what: string,
  ask: () => Promise<T>,
  { clock, signal, onWarning }: { clock: Clock; signal: AbortSignal; onWarning: (sentence: string) => void },
): Promise<T | undefined> {
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 0) onWarning(`cannot ask for ${what} (${(error as Error).message}): trying on`);
    }
    await clock.sleep(RETRY_AFTER_MS, signal);
  }
  return undefined;
}
