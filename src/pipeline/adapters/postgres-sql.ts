// The common SQL on a PostgreSQL server. Writes take one lock in turn: they are rare, and numbers given out in a transaction
// that commits late would otherwise appear behind somebody who has read on.
import type { ConnectOptions } from './postgres-connection.js';
import { textKey } from './postgres-key.js';
import { checkPostgresSchema, openMigrated } from './postgres-migrate.js';
import type { Sql } from './sql.js';

/** Any number that nobody else in the database uses: the eight bytes of "loghdesk". */
const LOCK_KEY = '7813577576569729899';

/** @throws Error when the server cannot be reached or does not let us in, or its store is one of a newer schema */
export async function openPostgresSql(options: ConnectOptions & { readonly create: boolean }): Promise<Sql> {
  const db = await openMigrated(options);
  const writeAll: Sql['writeAll'] = (changes) =>
    db.inTransaction(async (run) => {
      await run({ text: `SELECT pg_advisory_xact_lock(${LOCK_KEY})` });
      for (const { text, values } of changes) await run({ text }, values);
    });
  return {
    kind: 'postgres',
    read: async (text, values) => (await db.read({ text }, values)).rows,
    write: (text, values) => writeAll([{ text, values }]),
    writeAll,
    keyOf: textKey,
    // of a transaction that is still running the number is this one or greater
    windowSequence: '(SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint)',
    bytes: async () => {
      const { rows } = await db.read({
        text: `SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
          WHERE relnamespace = 'loghorn'::regnamespace AND relkind = 'r'`,
      });
      return rows[0]![0] as number;
    },
    checkSchema: () => checkPostgresSchema(db.read, db),
    close: () => db.close(),
  };
}
