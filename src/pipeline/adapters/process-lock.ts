// A lock that one process of this machine holds, and that is free the moment it ends, however it ends: the lock that SQLite
// takes on a file of its own. A file with a process id in it would have to be believed, after a kill -9 and in containers too.
import { dirname } from 'node:path';
import Database from 'libsql';
import { makeFolder } from '../../shell/make-folder.js';

export interface ProcessLock {
  release(): void;
}

/**
 * @param path of a file that is made for it, stays empty and is left where it is
 * @returns undefined when another process holds it
 * @throws Error when there can be no such file
 */
export function takeProcessLock(path: string): ProcessLock | undefined {
  let db: Database.Database | undefined;
  try {
    makeFolder(dirname(path));
    db = new Database(path);
    db.pragma('busy_timeout = 0');
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db?.close();
    if ((cause as { readonly code?: unknown }).code === 'SQLITE_BUSY') return undefined;
    throw new Error(`cannot lock ${path} (${(cause as Error).message}): name a folder that can be written`, {
      cause,
    });
  }
  const held = db;
  return {
    release: () => {
      // the library closes its files some time later
      held.exec('ROLLBACK');
      held.close();
    },
  };
}
