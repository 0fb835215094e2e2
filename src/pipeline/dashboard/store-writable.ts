// Whether what a store keeps can be added to: asked of the disk or of the database, without writing anything.
import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sql } from '../adapters/sql.js';
import type { StoreAddress } from '../store/store-address.js';

/** @param sql of a PostgreSQL store */
export async function isStoreWritable(address: StoreAddress, sql: Pick<Sql, 'read'>): Promise<boolean> {
  if (address.kind === 'postgres') {
    const [row] = await sql.read("SELECT current_setting('transaction_read_only')");
    return row?.[0] === 'off';
  }
  if (address.kind === 'memory') return true;
  try {
    // its log lies beside it, and may be somebody else's
    const { path } = address;
    const log = [`${path}-wal`, `${path}-shm`].filter((each) => existsSync(each));
    for (const each of [path, dirname(path), ...log]) await access(each, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
