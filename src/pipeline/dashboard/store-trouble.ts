// A store that does not answer is nothing that whoever asks did wrong, nor a fault of the dashboard: what it is, in a sentence
// that tells nothing of the inside.
import { isRetryable } from '../adapters/postgres-errors.js';
import { isReadOnlyError } from '../adapters/sqlite-errors.js';

/** Nothing that passes: to try again would not help. */
export const READ_ONLY = 'the results store may only be read: nothing can be changed';

const SENTENCES: readonly (readonly [code: string, sentence: string])[] = [
  ['SQLITE_BUSY', 'another process keeps the results store locked: try again in a while'],
  ['SQLITE_LOCKED', 'another process keeps the results store locked: try again in a while'],
  ['SQLITE_CORRUPT', 'the results store is damaged: a copy of it must be restored'],
  ['SQLITE_NOTADB', 'the results store is damaged: a copy of it must be restored'],
  ['SQLITE_FULL', "the results store's disk is full: room must be made"],
  ['SQLITE_READONLY', READ_ONLY],
  ['SQLITE_', 'the results store cannot be read just now'],
  ['STORE_WOKE', 'the results store is written to again: the dashboard must be started again'],
  [
    'STORE_SCHEMA',
    'the results store is of another version of loghorn by now: the dashboard must be started again with that one',
  ],
  [
    'STORE_GONE',
    'the results store was removed or replaced: it must be put back, or the dashboard started again',
  ],
];
const MOST_CAUSES = 5;

/** @returns undefined where the store has no part in it */
export function storeTrouble(error: unknown): string | undefined {
  let cause = error;
  for (let depth = 0; depth < MOST_CAUSES && cause instanceof Error; depth++) {
    const { code } = cause as { readonly code?: unknown };
    // some kinds of it come as a number alone
    const named = isReadOnlyError(cause) ? 'SQLITE_READONLY' : code;
    const known = SENTENCES.find(([prefix]) => typeof named === 'string' && named.startsWith(prefix));
    if (known) return known[1];
    if (isRetryable(cause)) return 'the results store does not answer just now: try again in a while';
    ({ cause } = cause);
  }
  return undefined;
}
