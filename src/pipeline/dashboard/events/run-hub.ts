// The clockwork of the hub: looks at the store while anybody watches, and lets quiet connections know that it is there.
import type { Clock } from '../../ports.js';
import type { EventHub } from './event-hub.js';

/** An alert is on the page within this and what the look takes. */
const LOOK_EVERY_MS = 400;
const BEAT_EVERY_MS = 15_000;
/** A store that has not answered for so long is as good as away. */
const STUCK_AFTER_MS = 10_000;
/** A store that fails is told of once in so long. */
const WARN_EVERY_MS = 60_000;

/** Runs until the signal aborts. A look that fails is told and tried again: a database may be away for a while. */
export async function runHub(
  hub: EventHub,
  clock: Clock,
  signal: AbortSignal,
  onWarning: (sentence: string) => void,
): Promise<void> {
  let beatAtMs = clock.nowMs() + BEAT_EVERY_MS;
  let warnFromMs = -Infinity;
  while (!signal.aborted) {
    const answered = new AbortController();
    void clock.sleep(STUCK_AFTER_MS, answered.signal).then(() => {
      if (!answered.signal.aborted) hub.tellStore(false);
    });
    try {
      await hub.tick();
      hub.tellStore(true);
    } catch (error) {
      if (signal.aborted) return;
      hub.tellStore(false);
      if (clock.nowMs() >= warnFromMs) {
        onWarning(`dashboard: cannot look for news (${(error as Error).message}); trying again`);
        warnFromMs = clock.nowMs() + WARN_EVERY_MS;
      }
    } finally {
      answered.abort();
    }
    if (clock.nowMs() >= beatAtMs) {
      hub.beat();
      beatAtMs = clock.nowMs() + BEAT_EVERY_MS;
    }
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}
