// Where a share of a log's time ends.
import type { InputOptions } from '../../core/artifact.js';
import { readRecords } from './read-records.js';
import type { InputFile } from './resolve-inputs.js';

/** @returns the end of the first `share` of the time from the first to the last record, to a whole `gridMs` */
export async function splitTimeMs(
  files: readonly InputFile[],
  share: number,
  gridMs: number,
  input: InputOptions = {},
): Promise<number> {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  await readRecords(files, input, (read) => {
    if (!read.ok) return;
    firstMs = Math.min(firstMs, read.record.eventTimeMs);
    lastMs = Math.max(lastMs, read.record.eventTimeMs);
  });
  return Math.round((firstMs + share * (lastMs - firstMs)) / gridMs) * gridMs;
}
