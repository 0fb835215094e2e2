// The wall clock, with fractions of a millisecond: what stages take is often less than one.
import type { Clock } from './ports.js';

/** Further apart than this, and the machine slept or its clock was set: start from the wall clock again. */
const MOST_DRIFT_MS = 2;

export function createWallClock(): Clock {
  // finer than Date.now(), whose whole milliseconds would put all that follows up to one behind
  let originMs = performance.timeOrigin;
  return {
    nowMs: () => {
      const nowMs = originMs + performance.now();
      const wallMs = Date.now();
      if (Math.abs(nowMs - wallMs) <= MOST_DRIFT_MS) return nowMs;
      originMs = wallMs - performance.now();
      return wallMs;
    },
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const done = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, durationMs);
        signal?.addEventListener('abort', done);
        return undefined;
      }),
  };
}
