// What SQLite says when it cannot write, in a sentence that names the file and what to do.

interface SqliteError extends Error {
  readonly code?: unknown;
}

const ADVICE: readonly (readonly [code: string, advice: string])[] = [
  ['SQLITE_FULL', 'the disk is full: make room'],
  ['SQLITE_IOERR', 'the disk fails or takes no more: look at its room, its limits and its health'],
  ['SQLITE_READONLY', 'the file may only be read: give the right to write to it and to its folder'],
  ['SQLITE_BUSY', 'another process keeps it locked: end that one'],
  ['SQLITE_CORRUPT', 'the file is damaged: restore a copy of it, or name another store'],
];

/** SQLITE_READONLY: the low byte of all its kinds. */
const READ_ONLY_RESULT = 8;

/** Whether SQLite refused because file or folder may only be read. The client has no name for some of the kinds, only a number. */
export function isReadOnlyError(error: unknown): boolean {
  const { code } = error as SqliteError;
  if (typeof code !== 'string') return false;
  const [, result] = /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(code) ?? [];
  return (
    code.startsWith('SQLITE_READONLY') ||
    (result !== undefined && (Number(result) & 0xff) === READ_ONLY_RESULT)
  );
}

/** Whether another connection has the lock that was asked for. */
export function isLocked(error: unknown): boolean {
  const { code } = error as SqliteError;
  return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}

/** Whatever is no word of SQLite goes through as it is. */
export function explainSqliteError(error: unknown, path: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code, message } = error as SqliteError;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return error;
  const advice = ADVICE.find(([prefix]) => code.startsWith(prefix))?.[1];
  const what = `cannot write to the store ${path} (${message})`;
  return new Error(
    advice === undefined ? what : `${what}: ${advice}, then start again; nothing that was committed is lost`,
    { cause: error },
  );
}
