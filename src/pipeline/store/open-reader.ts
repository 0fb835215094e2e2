// What the dashboard reads of the store that an address names: over connections of its own, to be closed.
import { createSqlReader } from '../adapters/sql-reader.js';
import type { DashboardReader } from '../dashboard/reader.js';
import { openSql } from './open-sql.js';
import type { OpenStoreOptions } from './open-store.js';
import type { StoreAddress } from './store-address.js';

/** @throws Error saying what is wrong with the store, or that there is none */
export async function openReader(address: StoreAddress, options: OpenStoreOptions): Promise<DashboardReader> {
  return createSqlReader(await openSql(address, options));
}
