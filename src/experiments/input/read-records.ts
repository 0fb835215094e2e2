// Several inputs as one sequence of reads, merged by event time, so that files which overlap (one a service) and
// files which follow each other (rotated ones) both come out as if they had been one.
import { statSync } from 'node:fs';
import type { InputOptions } from '../../core/artifact.js';
import { createRecordReader, type RecordReader } from '../../core/format/reader.js';
import type { Read } from '../../core/record.js';
import { createMergeQueue } from './merge-queue.js';
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
  const bytesOf = new Map<InputFile, number>();
  let bytesRead = 0;
  const open = (file: InputFile): Cursor =>
    createCursor(file, options, (bytes) => {
      bytesRead += bytes - (bytesOf.get(file) ?? 0);
      bytesOf.set(file, bytes);
      options.onProgress?.(bytesRead);
    });
  if (files.length === 1) return drain(open(files[0]!), onRead);

  const queue = createMergeQueue<Waiting>();
  for (const [rank, file] of files.entries()) {
    if (isRegularFile(file))
      queue.push({ file, rank, cursor: undefined }, await firstTimeMs(file, options), rank);
    else {
      const cursor = open(file);
      await cursor.fill();
      queue.push({ file, rank, cursor }, cursor.timeMs(), rank);
    }
  }
  while (queue.size() > 0) {
    const waiting = queue.pop()!;
    const cursor = waiting.cursor ?? open(waiting.file);
    if (cursor.isDry()) await cursor.fill();
    // as long as this file is the earliest, without looking at the others again
    const others = queue.timeMs();
    while (!cursor.isDone() && cursor.timeMs() <= others) {
      cursor.take(onRead);
      if (cursor.isDry()) await cursor.fill();
    }
    if (!cursor.isDone()) queue.push({ ...waiting, cursor }, cursor.timeMs(), waiting.rank);
  }
}

interface Waiting {
  readonly file: InputFile;
  readonly rank: number;
  /** Undefined before the file's time comes: of ten thousand files only those that overlap are open. */
  readonly cursor: Cursor | undefined;
}

function isRegularFile({ path }: InputFile): boolean {
  return path !== '-' && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** When a file's time comes: from its head, after which it is closed again. */
async function firstTimeMs(file: InputFile, options: ReadRecordsOptions): Promise<number> {
  const cursor = createCursor(file, { ...options, onWarning: undefined }, () => {});
  await cursor.fill();
  const timeMs = cursor.timeMs();
  await cursor.close();
  return timeMs;
}

interface Cursor {
  /** Event time of the next record that is held; -Infinity before something set aside, Infinity at the end. */
  timeMs(): number;
  isDry(): boolean;
  isDone(): boolean;
  take(onRead: OnRead): void;
  /** Reads on until something is held or the input is over. */
  fill(): Promise<void>;
  /** Lets go of the input before its end. */
  close(): Promise<void>;
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
  const batches = readLines(file.path, lineOptions);
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
    close: async () => {
      await batches.return(undefined);
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
  const stat = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false });
  return (stat?.mtime ?? new Date()).getUTCFullYear();
}
