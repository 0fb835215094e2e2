// Opens the SQLite file of a store, durable and shared between processes, and brings its tables up to this build's schema.
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { describeUpdate, MANY_WINDOWS } from './describe-update.js';
import { checkSchema, newerSchema, SchemaError } from './schema-error.js';
import { isLocked, isReadOnlyError } from './sqlite-errors.js';
import { MIGRATIONS } from './sqlite-schema.js';
import { makeFolder } from '../../shell/make-folder.js';

/** So long a writer waits for another one before it fails, ms. */
export const BUSY_TIMEOUT_MS = 10_000;

/**
 * What may only be read is opened for reading alone, unless it is to be made.
 *
 * @throws Error when the file cannot be opened as a store, or is none and `create` is false
 */
export function openSqlite(
  path: string,
  create: boolean,
  onWarning: (sentence: string) => void = () => {},
): Database.Database {
  if (!create && !existsSync(path))
    throw new Error(`there is no store at ${path}: name the one that 'loghorn consume' wrote to`);
  let db: Database.Database | undefined;
  try {
    makeFolder(dirname(path));
    db = new Database(path);
    prepare(db, path, onWarning);
    return db;
  } catch (cause) {
    db?.close();
    if (cause instanceof SchemaError) throw cause;
    if (isLocked(cause))
      throw new Error(
        `another process keeps ${path} locked, perhaps to bring it up to date: try again when it has ended`,
        { cause },
      );
    if (!create && isReadOnlyError(cause) && isAtRest(path)) return openAtRest(path);
    throw new Error(
      `cannot open ${path} as a results store (${(cause as Error).message}): name a SQLite file or a new path in a folder that can be written`,
      { cause },
    );
  }
}

function prepare(db: Database.Database, path: string, onWarning: (sentence: string) => void): void {
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  migrate(db, path, onWarning);
}

/** Whether all that was committed stands in the file itself, and nobody writes to it. */
export function isAtRest(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

/** Where the folder takes no log beside the file, it is read as one that does not change: that needs none. */
function openAtRest(path: string): Database.Database {
  const db = new Database(`file:${path.replaceAll(/[%?#]/g, encodeURIComponent)}?immutable=1`);
  try {
    if (versionOf(db) !== MIGRATIONS.length)
      throw new SchemaError(
        `${path} may only be read, and was made by another version of loghorn: give the right to write to it once, so that it is brought up to this one`,
      );
    db.pragma('query_only = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Whether it was opened as a file that does not change. */
export function isQueryOnly(db: Database.Database): boolean {
  return (db.prepare('PRAGMA query_only').raw().get() as [number])[0] === 1;
}

/**
 * Makes what tells whether the file is still what it was when it was opened.
 *
 * @returns throws SchemaError where another build has brought it up to date
 */
export function createSchemaCheck(db: Database.Database, path: string): () => void {
  const version = db.prepare('PRAGMA user_version').raw();
  return () => checkSchema(path, (version.get() as [number])[0], MIGRATIONS.length);
}

function versionOf(db: Database.Database): number {
  return (db.prepare('PRAGMA user_version').raw().get() as [number])[0];
}

function migrate(db: Database.Database, path: string, onWarning: (sentence: string) => void): void {
  if (versionOf(db) === MIGRATIONS.length) return;
  // looked at again under the lock: another process may be migrating too
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(db);
    if (version > MIGRATIONS.length) throw newerSchema(path, version, MIGRATIONS.length, 'another store');
    const tables = db.prepare("SELECT count(*) FROM sqlite_master WHERE type = 'table'").raw().get() as [
      number,
    ];
    if (version === 0 && tables[0] > 0)
      throw new SchemaError(`${path} is a SQLite file of something else: name another path for the store`);
    const [newest] =
      version === 0 ? [0] : (db.prepare('SELECT max(rowid) FROM windows').raw().get() as [number]);
    if (newest > MANY_WINDOWS) onWarning(describeUpdate(path, newest));
    for (const step of MIGRATIONS.slice(version)) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
