// The store that an address names: the one place where commands meet its adapters.
import { createMemoryStore } from '../adapters/memory-store.js';
import { createPostgresStore } from '../adapters/postgres-store.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import type { Clock, ResultStore } from '../ports.js';
import type { StoreAddress } from './store-address.js';

export interface OpenStoreOptions {
  readonly clock: Clock;
  /** Whether a store is made where there is none. */
  readonly create: boolean;
  readonly onWarning: (sentence: string) => void;
  /** The process was told to stop: a server that is away is then waited for a few seconds only. */
  readonly stopping?: AbortSignal | undefined;
}

/** @throws Error saying what is wrong with the store, or that there is none to read */
export async function openStore(
  address: StoreAddress,
  { clock, create, onWarning, stopping }: OpenStoreOptions,
): Promise<ResultStore> {
  if (address.kind === 'sqlite') return createSqliteStore(address.path, { create, onWarning });
  if (address.kind === 'postgres') {
    if (address.hasPassword)
      onWarning(
        'everyone on this machine can see a password in --store: better put it in PGPASSWORD, or in a file that PGPASSFILE names',
      );
    return createPostgresStore({ ...address, clock, create, onWarning, stopping });
  }
  if (!create) throw new Error('a store in memory ends with its process: there is nothing to read');
  return createMemoryStore();
}
