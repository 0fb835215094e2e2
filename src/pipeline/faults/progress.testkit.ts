// How far consumers have come, by what they stored: harm that waits for progress is as likely on a fast machine as on a slow one.
import { createWallClock } from '../clock.js';
import type { StoredWindow } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { openStore } from '../store/open-store.js';
import { parseStoreAddress } from '../store/store-address.js';

/**
 * @param store as `--store` has it
 * @returns what counts the windows that start behind all that are stored now
 */
export async function countNewWindows(store: string, artifact: ArtifactKey): Promise<() => Promise<number>> {
  const known = await windowsFrom(store, artifact, 0);
  const newestMs = known.reduce((most, { startMs }) => Math.max(most, startMs), 0);
  return async () => (await windowsFrom(store, artifact, newestMs + 1)).length;
}

async function windowsFrom(
  store: string,
  artifact: ArtifactKey,
  fromMs: number,
): Promise<readonly StoredWindow[]> {
  const options = { clock: createWallClock(), create: false, onWarning: () => {} };
  // one that is not there yet, or was killed just now, has nothing to tell
  const opened = await openStore(parseStoreAddress(store), options).catch(() => undefined);
  try {
    return (await opened?.windows({ artifact, fromMs }).catch(() => [])) ?? [];
  } finally {
    await opened?.close();
  }
}
