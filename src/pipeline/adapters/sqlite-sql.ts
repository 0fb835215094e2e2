// The common SQL on a SQLite file, over a connection of its own: it reads beside a consumer that writes, and waits for it
// where both write.
import { statSync } from 'node:fs';
import { storableText } from '../store/stored-text.js';
import type { Sql, SqlRows } from './sql.js';
import { createSchemaCheck, isAtRest, isQueryOnly, openSqlite } from './sqlite-open.js';
import type { Statement } from './sqlite-statements.js';
import { createTransactions } from './sqlite-transaction.js';

const MOST_STATEMENTS = 200;

class StoreGoneError extends Error {
  override readonly name = 'StoreGoneError';
  readonly code = 'STORE_GONE';

  constructor(path: string) {
    super(`the store ${path} was removed or replaced since it was opened: start again`);
  }
}

/** Read as a file at rest, it would be misread from now on. */
class StoreWokeError extends Error {
  override readonly name = 'StoreWokeError';
  readonly code = 'STORE_WOKE';

  constructor(path: string) {
    super(
      `the store ${path} was opened for reading alone while nobody wrote, and is written to now: start again`,
    );
  }
}

/** @throws Error when the file is no SQLite store, one of a newer schema, or not there and not to be made */
export function openSqliteSql(path: string, create: boolean, onWarning?: (sentence: string) => void): Sql {
  const db = openSqlite(path, create, onWarning);
  const isFileAtRest = isQueryOnly(db);
  const { ino } = statSync(path);
  const inTransaction = createTransactions(db, path);
  const checkSchema = createSchemaCheck(db, path);
  const statements = new Map<string, Statement>();
  const prepared = (text: string): Statement => {
    // a file that was removed is read on by whoever has it open, and never grows any more
    if (statSync(path, { throwIfNoEntry: false })?.ino !== ino) throw new StoreGoneError(path);
    if (isFileAtRest && !isAtRest(path)) throw new StoreWokeError(path);
    let statement = statements.get(text);
    if (statement === undefined) {
      // questions about parts of days come in some hundred forms
      if (statements.size >= MOST_STATEMENTS) statements.delete(statements.keys().next().value!);
      const ours = text.replaceAll('loghorn.', '').replaceAll(/\$(\d+)/g, '?$1');
      statement = db.prepare(ours) as unknown as Statement;
      statements.set(text, statement);
    }
    return statement;
  };
  const writeAll: Sql['writeAll'] = (changes) =>
    inTransaction(() => {
      for (const { text, values } of changes) prepared(text).run(...values);
    });
  return {
    kind: 'sqlite',
    read: async (text, values = []) =>
      prepared(text)
        .raw()
        .all(...values) as SqlRows,
    write: (text, values) => writeAll([{ text, values }]),
    writeAll,
    keyOf: (text) => ({ key: storableText(text), long: null }),
    windowSequence: '(SELECT last + 1 FROM loghorn.window_sequence)',
    checkSchema: async () => checkSchema(),
    bytes: async () => sizeOf(path) + sizeOf(`${path}-wal`),
    close: async () => {
      db.close();
    },
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
