import { expect, test } from 'vitest';
import { FencedError } from '../ports.js';
import { explainSqliteError, isReadOnlyError } from './sqlite-errors.js';

const sqliteError = (code: string, message: string): Error => Object.assign(new Error(message), { code });

test.each([
  ['SQLITE_FULL', 'database or disk is full', /store a\.db \(database or disk is full\): .*make room/],
  ['SQLITE_IOERR_WRITE', 'disk I/O error', /store a\.db \(disk I\/O error\): .*limits/],
  ['SQLITE_READONLY_DBMOVED', 'attempt to write a readonly database', /may only be read/],
  ['SQLITE_BUSY_SNAPSHOT', 'database is locked', /another process/],
  ['SQLITE_NOTADB', 'file is not a database', /store a\.db \(file is not a database\)$/],
])('%s is told with the file and what to do', (code, message, sentence) => {
  const error = sqliteError(code, message);

  const explained = explainSqliteError(error, 'a.db') as Error;

  expect(explained.message).toMatch(sentence);
  expect(explained.cause).toBe(error);
});

test.each([
  ['SQLITE_READONLY', true],
  ['SQLITE_READONLY_DBMOVED', true],
  // a folder that takes no log, as the client names it: 6 · 256 + 8
  ['UNKNOWN_SQLITE_ERROR_1544', true],
  // a lock of the shared memory: 1 · 256 + 10
  ['UNKNOWN_SQLITE_ERROR_266', false],
  ['SQLITE_BUSY', false],
])('%s says that nothing may be written: %s', (code, isReadOnly) => {
  expect(isReadOnlyError(sqliteError(code, 'attempt to write a readonly database'))).toBe(isReadOnly);
});

test('being fenced is no error of the database', () => {
  const fenced = new FencedError('another process has taken over');

  expect(explainSqliteError(fenced, 'a.db')).toBe(fenced);
});
