// The lines that an alert can be rebuilt from, as they are stored with it: packed, with what they are enough for.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { KeptLine } from './line-ring.js';

export interface AlertLines {
  readonly alertId: string;
  /** What was scored: a service, or `*` for all together. */
  readonly source: string;
  /** Every record of the source from here on that counted in a window is among them, ms. */
  readonly fromMs: number;
  /** The source's latest record before that, ms; null where there was none. What it said is not needed, that it was is. */
  readonly earlierMs: number | null;
  /** Windows that start here or later come out of them as they were; null where none does. */
  readonly rebuildsFromMs: number | null;
  /** All windows of the alert do. */
  readonly isComplete: boolean;
  readonly lines: number;
  /** Of the text before it was packed, in hex. */
  readonly sha256: string;
  /** NDJSON, gzipped, in base64: an object `eventTimeMs, source, severity, body` a record, in the order they came. */
  readonly packed: string;
}

/** Storing waits for it: sooner rather than smaller. */
const GZIP_LEVEL = 4;

export function packLines(lines: readonly KeptLine[]): Pick<AlertLines, 'lines' | 'sha256' | 'packed'> {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return {
    lines: lines.length,
    sha256: createHash('sha256').update(text).digest('hex'),
    packed: gzipSync(text, { level: GZIP_LEVEL }).toString('base64'),
  };
}
