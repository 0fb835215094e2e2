// Text as a key of a PostgreSQL index, whose rows take some 2,700 bytes: a log may name a source of any length.
import { createHash } from 'node:crypto';
import { storableText } from '../store/stored-text.js';

/** Longer than any key that is cut can be short: so the two are never the same. */
const MOST_BYTES = 640;
const KEPT_CHARACTERS = 600;

export interface TextKey {
  readonly key: string;
  /** The whole text where the key is not; to be stored beside it. */
  readonly long: string | null;
}

/** @returns the text as `storableText` has it, or its beginning and a SHA-256 of it all */
export function textKey(text: string): TextKey {
  const stored = storableText(text);
  // a character takes three bytes at most, a pair of two takes four
  if (stored.length * 3 <= MOST_BYTES || Buffer.byteLength(stored) <= MOST_BYTES)
    return { key: stored, long: null };
  const start = stored.slice(0, KEPT_CHARACTERS).replace(/[\ud800-\udbff]$/, '');
  return { key: `${start}… sha256:${createHash('sha256').update(stored).digest('hex')}`, long: stored };
}
