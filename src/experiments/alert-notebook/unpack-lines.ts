// The lines that an alert's notebook carries, as records again.
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { LogRecord } from '../../core/record.js';

/**
 * @param packed NDJSON of records, gzipped, in base64
 * @param sha256 of the text before it was packed, in hex
 * @throws Error when these are not the lines that the alert was stored with
 */
export function unpackLines(packed: string, sha256: string): LogRecord[] {
  const text = gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');
  const actual = createHash('sha256').update(text).digest('hex');
  if (actual !== sha256)
    throw new Error(
      `the lines are not those of the alert: their SHA-256 is ${actual}, wanted ${sha256}; download the notebook again`,
    );
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogRecord);
}
