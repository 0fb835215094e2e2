// The end of an input that is read in parts: no part may close its windows before the greatest event time of all is known.

export interface EndAgreement {
  /** A part is over. Resolves with the greatest event time of all parts once all are; undefined if the signal aborts before. */
  arrive(maxEventTimeMs: number | undefined, signal: AbortSignal): Promise<number | undefined>;
  isComplete(): boolean;
}

/** @param parts how many there are */
export function createEndAgreement(parts: number): EndAgreement {
  let arrived = 0;
  let greatestMs: number | undefined;
  const waiting = new Set<() => void>();
  return {
    arrive: async (maxEventTimeMs, signal) => {
      arrived++;
      if (maxEventTimeMs !== undefined) greatestMs = Math.max(greatestMs ?? maxEventTimeMs, maxEventTimeMs);
      if (arrived >= parts) for (const wake of waiting) wake();
      else if (!signal.aborted)
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      if (arrived >= parts) return greatestMs;
      // it will come again
      arrived--;
      return undefined;
    },
    isComplete: () => arrived >= parts,
  };
}
