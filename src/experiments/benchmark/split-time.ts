// Where a share of a log's time ends.
import { readRecords } from '../input/read-records.js';
import type { InputFile } from '../input/resolve-inputs.js';

/** @returns the end of the first `share` of the time from the first to the last record, to a whole `gridMs` */
export async function splitTimeMs(
  files: readonly InputFile[],
  share: number,
  gridMs: number,
): Promise<number> {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  await readRecords(files, {}, (read) => {
    if (!read.ok) return;
    firstMs = Math.min(firstMs, read.record.eventTimeMs);
    lastMs = Math.max(lastMs, read.record.eventTimeMs);
  });
  return Math.round((firstMs + share * (lastMs - firstMs)) / gridMs) * gridMs;
}
