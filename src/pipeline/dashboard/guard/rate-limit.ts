// How often one client may ask: a bucket that fills at a steady rate, for each address. What is full of strangers forgets
// the one that asked longest ago.

export interface RateLimit {
  /** Asks in a row after a pause. */
  readonly burst: number;
  readonly perSecond: number;
}

/** @returns 0 where it may go on, otherwise after how many whole seconds it may */
export type RateLimiter = (client: string, nowMs: number) => number;

const MOST_CLIENTS = 10_000;

export function createRateLimiter({ burst, perSecond }: RateLimit): RateLimiter {
  const buckets = new Map<string, { left: number; atMs: number }>();
  return (client, nowMs) => {
    const known = buckets.get(client);
    // a clock that was set back takes nothing away
    const elapsedMs = Math.max(0, nowMs - (known?.atMs ?? nowMs));
    const left = Math.min(burst, (known?.left ?? burst) + (elapsedMs / 1000) * perSecond);
    // the order of a map is the order of insertion: the first one is who asked longest ago
    buckets.delete(client);
    if (buckets.size >= MOST_CLIENTS) buckets.delete(buckets.keys().next().value!);
    buckets.set(client, { left: left < 1 ? left : left - 1, atMs: nowMs });
    return left < 1 ? Math.ceil((1 - left) / perSecond) : 0;
  };
}
