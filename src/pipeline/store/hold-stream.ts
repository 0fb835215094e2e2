// One process at a time reads a stream into a SQLite store: a second one would take it over, and the first would end in the
// middle of its work. Consumers of a topic share its partitions by their group instead, and PostgreSQL has the epochs alone.
import { createHash } from 'node:crypto';
import { type ProcessLock, takeProcessLock } from '../adapters/process-lock.js';
import type { ArtifactKey } from '../stream-key.js';
import type { StoreAddress } from './store-address.js';

/**
 * @returns to be released at the end; undefined where nothing has to be held
 * @throws Error while another process reads the same stream with the same artifact into the same store
 */
export function holdStream(
  store: StoreAddress,
  streamId: string,
  { name, version }: ArtifactKey,
): ProcessLock | undefined {
  if (store.kind !== 'sqlite') return undefined;
  const id = createHash('sha256')
    .update(JSON.stringify([streamId, name, version]))
    .digest('hex')
    .slice(0, 8);
  const lock = takeProcessLock(`${store.path}-${id}.lock`);
  if (lock === undefined)
    throw new Error(
      `another process reads ${streamId} with this artifact into ${store.path}: stop that one first, or give this one a --store of its own`,
    );
  return lock;
}
