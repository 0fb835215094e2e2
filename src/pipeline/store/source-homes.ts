// Which streams remember a source, from the rows that either store gives of it.
import type { SourceHomes } from '../partitions/source-wish.js';
import { readStoredText } from './stored-text.js';

/** @param rows source and stream as they are stored, by source */
export function sourceHomesOf(rows: readonly (readonly [source: string, streamId: string])[]): SourceHomes[] {
  const streamIds = new Map<string, string[]>();
  for (const [source, streamId] of rows) {
    const known = streamIds.get(source);
    if (known === undefined) streamIds.set(source, [readStoredText(streamId)]);
    else known.push(readStoredText(streamId));
  }
  return [...streamIds].map(([source, ids]) => ({ source: readStoredText(source), streamIds: ids }));
}
