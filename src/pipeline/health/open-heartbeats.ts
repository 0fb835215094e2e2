// Heartbeats into the store that an address names, over a connection of their own: what is slow or away there holds up no
// commit.
import type { Clock } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { openReader } from '../store/open-reader.js';
import type { StoreAddress } from '../store/store-address.js';
import { type Heartbeats, startHeartbeats } from './heartbeat.js';

/** @returns undefined where nobody could read them, and, with a warning, where the store does not take them */
export async function openHeartbeats(
  address: StoreAddress,
  options: {
    readonly artifact: ArtifactKey;
    readonly clock: Clock;
    readonly onWarning: (sentence: string) => void;
  },
): Promise<Heartbeats | undefined> {
  if (address.kind === 'memory') return undefined;
  // a login in the address is warned of by whoever opens the store itself, and a server that is away by its first beat
  const reader = await openReader(address, { ...options, create: true, onWarning: () => {} }).catch(
    (error: Error) => {
      options.onWarning(`the dashboard is not told how this consumer does: ${error.message}`);
      return undefined;
    },
  );
  if (reader === undefined) return undefined;
  const heartbeats = startHeartbeats({
    ...options,
    beat: (heartbeat) => reader.beat(heartbeat),
    residentBytes: () => process.memoryUsage.rss(),
  });
  return {
    ...heartbeats,
    stop: async (isEnded) => {
      await heartbeats.stop(isEnded);
      await reader.close();
    },
  };
}
