// A source of records as a source of what they were read from: the lines are caught on their way into the reader.
import type { ChunkReaderOptions } from '../consume/chunk-reader.js';
import type { Json, RecordSource } from '../ports.js';
import type { RawBatch, RawSource } from './produce.js';
import type { RawRecord } from '../kafka/kafka-message.js';
import { createRawRecords, type HeldLine, type RawRecords } from './raw-records.js';

/** Plain JSON. */
interface RawPosition {
  readonly source: Json;
  readonly held: readonly HeldLine[];
}

/** @param open makes the source; it must hand on `onLine` to whatever reads its lines */
export function createRawSource(
  defaultSource: string,
  open: (onLine: NonNullable<ChunkReaderOptions['onLine']>) => RecordSource,
): RawSource {
  let raw: RawRecords = createRawRecords(defaultSource);
  const source = open((line) => raw.onLine(line));
  return {
    streamId: source.streamId,
    batches: async function* (from, signal): AsyncGenerator<RawBatch> {
      const known = from as RawPosition | undefined;
      raw = createRawRecords(defaultSource, known?.held);
      for await (const { reads, position } of source.batches(known?.source, signal)) {
        const records: RawRecord[] = [];
        let lines = 0;
        let blankLines = 0;
        for (const read of reads) {
          const record = raw.take(read);
          lines += read.lines;
          if (record !== undefined) records.push(record);
          else if (!read.ok) blankLines += read.lines;
        }
        const place: RawPosition = { source: position, held: raw.held() };
        yield { records, lines, blankLines, position: place, isTimed: false };
      }
    },
  };
}
