// The desk of the store that an address names: over connections of its own, to be closed.
import { createSqlDesk } from '../adapters/sql-desk.js';
import type { Desk } from '../desk/desk.js';
import { openSql } from './open-sql.js';
import type { OpenStoreOptions } from './open-store.js';
import type { StoreAddress } from './store-address.js';

/** @throws Error saying what is wrong with the store, or that there is none */
export async function openDesk(address: StoreAddress, options: OpenStoreOptions): Promise<Desk> {
  return createSqlDesk(await openSql(address, options));
}
