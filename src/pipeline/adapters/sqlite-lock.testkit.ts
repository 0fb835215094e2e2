// Whether somebody holds the lock of writers on a SQLite file at this moment.
import Database from 'libsql';

export function isSqliteLocked(path: string): boolean {
  const db = new Database(path);
  try {
    db.pragma('busy_timeout = 0');
    db.exec('BEGIN IMMEDIATE');
    db.exec('ROLLBACK');
    return false;
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error;
    return true;
  } finally {
    db.close();
  }
}
