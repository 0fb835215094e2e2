// The database that an address names, for those who read beside the consumer or write what people say.
import { openPostgresSql } from '../adapters/postgres-sql.js';
import type { Sql } from '../adapters/sql.js';
import { openSqliteSql } from '../adapters/sqlite-sql.js';
import type { OpenStoreOptions } from './open-store.js';
import type { StoreAddress } from './store-address.js';

/** @throws Error saying what is wrong with the store, or that there is none to read */
export async function openSql(
  address: StoreAddress,
  { clock, create, onWarning }: OpenStoreOptions,
): Promise<Sql> {
  if (address.kind === 'sqlite') return openSqliteSql(address.path, create, onWarning);
  if (address.kind === 'postgres') return openPostgresSql({ ...address, clock, create, onWarning });
  throw new Error(
    'a store in memory cannot be looked at beside its consumer: keep results in sqlite:PATH or postgres://user@host:port/database',
  );
}
