// How often something is done that is asked for more often: a stream that pushes each second need not make a view ask each
// second, and a slider that moves need not ask at every step.

export interface Paced {
  ask(): void;
  /** What was asked for and not done yet is forgotten. */
  stop(): void;
}

/** At once, then once each so often as long as it is asked for. */
export function createThrottle(run: () => void, everyMs: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const next = (): void => {
    timer = undefined;
    if (!isAsked) return;
    isAsked = false;
    timer = setTimeout(next, everyMs);
    run();
  };
  return {
    ask: () => {
      isAsked = true;
      if (timer === undefined) next();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      isAsked = false;
    },
  };
}

/** Once it was not asked for again for so long. */
export function createDebounce(run: () => void, quietMs: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    ask: () => {
      clearTimeout(timer);
      timer = setTimeout(run, quietMs);
    },
    stop: () => clearTimeout(timer),
  };
}
