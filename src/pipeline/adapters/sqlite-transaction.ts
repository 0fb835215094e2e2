// Writes to a SQLite file that other processes write to, too: each is a transaction, and where another has the lock it is tried
// again without holding up this process. SQLite's own waiting stops all that its thread does, the answers to open pages among it.
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'libsql';
import { explainSqliteError, isLocked } from './sqlite-errors.js';
import { BUSY_TIMEOUT_MS, createSchemaCheck } from './sqlite-open.js';

const TRY_EVERY_MS = 20;

/**
 * Does all of the work or nothing of it. It is begun once the lock is there, and never waits in between.
 *
 * @throws Error in a sentence where the file cannot be written, was locked for all of 10 s, or is of a newer build by now
 */
export type InTransaction = <T>(work: () => T) => Promise<T>;

export function createTransactions(
  db: Database.Database,
  path: string,
  waitMs = BUSY_TIMEOUT_MS,
): InTransaction {
  const checkSchema = createSchemaCheck(db, path);
  return async (work) => {
    const untilMs = performance.now() + waitMs;
    try {
      // nothing is waited for between the beginning and the end: others use the same connection
      while (!tryToBegin(db, performance.now() >= untilMs)) await sleep(TRY_EVERY_MS);
      checkSchema();
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      // of one that was closed meanwhile nothing may be asked: that would end the process
      if (db.open && db.inTransaction) db.exec('ROLLBACK');
      throw explainSqliteError(error, path);
    }
  };
}

/**
 * A statement by itself that finds the file locked stays half begun: the client does not end it, and the next one that
 * succeeds on the connection would not be committed. BEGIN leaves nothing behind.
 *
 * @returns whether it has begun
 */
function tryToBegin(db: Database.Database, isLast: boolean): boolean {
  db.pragma('busy_timeout = 0');
  try {
    db.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (isLast || !isLocked(error)) throw error;
    return false;
  } finally {
    // for whoever reads: that has to wait for hardly anything
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}
