// Brings a PostgreSQL store up to this build's schema: in order, each step in a transaction of its own, under an advisory
// lock, so that of two processes that start at once one migrates and the other finds it done.
import { describeUpdate, MANY_WINDOWS } from './describe-update.js';
import { MIGRATIONS } from './postgres-schema.js';
import {
  connectPostgres,
  type ConnectOptions,
  type PostgresConnection,
  type Run,
} from './postgres-connection.js';
import { checkSchema, newerSchema, SchemaError } from './schema-error.js';

/** Any number that nobody else in the database uses: the eight bytes of "loghorn ". */
const LOCK_KEY = '7813577576755129888';
const READ_VERSION = { text: 'SELECT version FROM loghorn.schema_version' };

/**
 * @param create whether a store is made where there is none
 * @param options.onWarning told before a big store is brought up to date
 * @throws SchemaError when the store is of a newer build, not there, or in a database that cannot hold all text
 */
export async function migratePostgres(
  db: PostgresConnection,
  create: boolean,
  {
    onWarning = () => {},
    migrations = MIGRATIONS,
  }: {
    readonly onWarning?: ((sentence: string) => void) | undefined;
    readonly migrations?: readonly string[];
  } = {},
): Promise<void> {
  const encoding = (await db.read({ text: 'SHOW server_encoding' })).rows[0]?.[0];
  if (encoding !== 'UTF8')
    throw new SchemaError(
      `the database of ${db.shownAddress} is encoded in ${String(encoding)}, which cannot hold all logs: make one with createdb --encoding UTF8 --template template0`,
    );
  const isThere =
    (await db.read({ text: "SELECT to_regclass('loghorn.schema_version') IS NOT NULL" })).rows[0]?.[0] ===
    true;
  if (!isThere && !create)
    throw new SchemaError(
      `there are no results in ${db.shownAddress}: name the store that 'loghorn consume' wrote to`,
    );
  // one who may only read comes so far: looked at without a lock first
  if (isThere && (await versionIn(db.read, db, migrations.length)) === migrations.length) return;
  if (isThere) {
    // an estimate, -1 where there is none
    const { rows } = await db.read({
      text: "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass('loghorn.windows')",
    });
    const windows = (rows[0]?.[0] as number | undefined) ?? 0;
    if (windows > MANY_WINDOWS) onWarning(describeUpdate(db.shownAddress, windows));
  }
  while (!(await takeStep(db, migrations)));
}

/** Where a newer build has brought the store up to date since, throws SchemaError. */
export async function checkPostgresSchema(run: Run, { shownAddress }: PostgresConnection): Promise<void> {
  const { rows } = await run(READ_VERSION);
  checkSchema(shownAddress, (rows[0]?.[0] as number | undefined) ?? 0, MIGRATIONS.length);
}

/**
 * Connects and migrates. On the connection nothing is changed in a store that is not of this build any more.
 *
 * @throws Error when the server cannot be reached or does not let us in, or its store is one of a newer schema
 */
export async function openMigrated({
  create,
  ...options
}: ConnectOptions & { readonly create: boolean }): Promise<PostgresConnection> {
  const db = connectPostgres(options);
  try {
    await migratePostgres(db, create, options);
  } catch (error) {
    await db.close();
    throw error;
  }
  return {
    ...db,
    inTransaction: (work) =>
      db.inTransaction(async (run) => {
        await checkPostgresSchema(run, db);
        return work(run);
      }),
  };
}

/** @returns whether nothing is left to do */
async function takeStep(db: PostgresConnection, migrations: readonly string[]): Promise<boolean> {
  return db.inTransaction(async (run) => {
    await run({ text: 'SET LOCAL statement_timeout = 0' });
    await run({ text: `SELECT pg_advisory_xact_lock(${LOCK_KEY})` });
    // asked for only where it is missing: to make one takes a right that an administrator may have used already
    const schema = await run({ text: "SELECT to_regnamespace('loghorn') IS NULL" });
    if (schema.rows[0]?.[0] === true) await run({ text: 'CREATE SCHEMA loghorn' });
    await run({
      text: 'CREATE TABLE IF NOT EXISTS loghorn.schema_version (single boolean PRIMARY KEY DEFAULT true CHECK (single), version integer NOT NULL)',
    });
    await run({ text: 'INSERT INTO loghorn.schema_version (version) VALUES (0) ON CONFLICT DO NOTHING' });
    const version = await versionIn(run, db, migrations.length);
    const step = migrations[version];
    if (step === undefined) return true;
    await run({ text: step, isSlow: true });
    await run({ text: 'UPDATE loghorn.schema_version SET version = $1' }, [version + 1]);
    return version + 1 === migrations.length;
  });
}

async function versionIn(
  run: PostgresConnection['read'],
  db: PostgresConnection,
  known: number,
): Promise<number> {
  const { rows } = await run(READ_VERSION);
  const version = (rows[0]?.[0] as number | undefined) ?? 0;
  if (version > known) throw newerSchema(db.shownAddress, version, known, 'another database');
  return version;
}
