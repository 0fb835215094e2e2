// Sleeping until there is news, or for so long: what another process does is asked for again and again, what this one does
// is known at once.
import type { Clock } from '../ports.js';

export interface Naps {
  /** Resolves after so long, with the next news, or once the signal aborts. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Wakes all who sleep. */
  wake(): void;
}

export function createNaps(clock: Clock): Naps {
  const naps = new Set<AbortController>();
  return {
    sleep: async (durationMs, signal) => {
      if (signal.aborted) return;
      const nap = new AbortController();
      const end = (): void => nap.abort();
      naps.add(nap);
      signal.addEventListener('abort', end);
      await clock.sleep(durationMs, nap.signal);
      signal.removeEventListener('abort', end);
      naps.delete(nap);
    },
    wake: () => {
      for (const nap of naps) nap.abort();
    },
  };
}
