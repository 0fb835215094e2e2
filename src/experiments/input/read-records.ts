// Several inputs as one sequence of reads, merged by event time, so that files which overlap (one a service) and
// files which follow each other (rotated ones) both come out as if they had been one.
import { statSync } from 'node:fs';
import type { InputOptions } from '../../core/artifact.js';
import { createRecordReader, type RecordReader } from '../../core/format/reader.js';
import type { Line } from '../../core/lines.js';
import type { Read } from '../../core/record.js';
import { readLines, type ReadLinesOptions } from './read-lines.js';
import type { InputFile } from './resolve-inputs.js';

export interface ReadRecordsOptions extends InputOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes read over all inputs. */
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  readonly onWarning?: ((sentence: string) => void) | undefined;
}

export type OnRead = (read: Read, file: InputFile) => void;

/**
 * Calls back for every read of all inputs, records in order of event time between the files and in the order of the
 * lines within each.
 *
 * @throws InputError for an input that cannot be read
 */
export async function readRecords(
  files: readonly InputFile[],
  options: ReadRecordsOptions,
  onRead: OnRead,
): Promise<void> {
  const progress = new Map<string, number>();
  const cursors: Cursor[] = [];
  for (const file of files) {
    const cursor = createCursor(file, options, (bytes) => {
      progress.set(file.path, bytes);
      options.onProgress?.([...progress.values()].reduce((sum, each) => sum + each, 0));
    });
    // the first record says when a file's time comes; until then no more of it is held than one chunk
    await cursor.fill();
    cursors.push(cursor);
  }
  if (cursors.length === 1) return drain(cursors[0]!, onRead);

  while (cursors.length > 0) {
    let next = 0;
    cursors.forEach((cursor, index) => {
      if (cursor.timeMs() < cursors[next]!.timeMs()) next = index;
    });
    const cursor = cursors[next]!;
    if (cursor.isDone()) cursors.splice(next, 1);
    else {
      const others = Math.min(...cursors.map((each, index) => (index === next ? Infinity : each.timeMs())));
      // as long as this file is the earliest, without looking at the others again
      do cursor.take(onRead);
      while (!cursor.isDry() && cursor.timeMs() <= others);
      if (cursor.isDry()) await cursor.fill();
    }
  }
}

interface Cursor {
  /** Event time of the next record that is held; -Infinity before something set aside, Infinity at the end. */
  timeMs(): number;
  isDry(): boolean;
  isDone(): boolean;
  take(onRead: OnRead): void;
  /** Reads on until something is held or the input is over. */
  fill(): Promise<void>;
}

function createCursor(
  file: InputFile,
  options: ReadRecordsOptions,
  onProgress: (bytes: number) => void,
): Cursor {
  const reader: RecordReader = createRecordReader(readerOptions(options, file));
  const lineOptions: ReadLinesOptions = {
    signal: options.signal,
    onProgress,
    ...(options.onWarning ? { onWarning: options.onWarning } : {}),
  };
  const batches: AsyncIterator<readonly Line[]> = readLines(file.path, lineOptions);
  let held: Read[] = [];
  let at = 0;
  let isOver = false;
  const emit = (read: Read): void => {
    held.push(read);
  };
  const isDry = (): boolean => at >= held.length;
  return {
    timeMs: () => {
      const read = held[at];
      if (!read) return isOver ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      return read.ok ? read.record.eventTimeMs : Number.NEGATIVE_INFINITY;
    },
    isDry,
    isDone: () => isOver && isDry(),
    take: (onRead) => {
      const read = held[at++];
      if (read) onRead(read, file);
    },
    fill: async () => {
      while (isDry() && !isOver) {
        held = [];
        at = 0;
        const batch = await batches.next();
        if (batch.done === true) {
          reader.flush(emit);
          isOver = true;
        } else for (const line of batch.value) reader.push(line, emit);
      }
    },
  };
}

async function drain(cursor: Cursor, onRead: OnRead): Promise<void> {
  while (!cursor.isDone()) {
    while (!cursor.isDry()) cursor.take(onRead);
    await cursor.fill();
  }
}

function readerOptions(options: InputOptions, file: InputFile): Parameters<typeof createRecordReader>[0] {
  const { format, pattern, timeFormat, zoneOffsetMinutes } = options;
  return {
    defaultSource: file.defaultSource,
    referenceYear: yearOf(file.path),
    ...(format === undefined ? {} : { format }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(timeFormat === undefined ? {} : { timeFormat }),
    ...(zoneOffsetMinutes === undefined ? {} : { zoneOffsetMinutes }),
  } as Parameters<typeof createRecordReader>[0];
}

/** Dates without a year (syslog) are of the year in which the file was last written. */
function yearOf(path: string): number {
  return (path === '-' ? new Date() : statSync(path).mtime).getUTCFullYear();
}
