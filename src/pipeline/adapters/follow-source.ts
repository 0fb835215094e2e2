// A log file that is being written to, as `tail -F` follows it: through rotation by renaming and through truncation.
import type { FileHandle } from 'node:fs/promises';
import type { Read } from '../../core/record.js';
import { createChunkReader } from '../consume/chunk-reader.js';
import type { Clock, RecordBatch, RecordSource } from '../ports.js';
import { findRotated, identify, inodeAt } from './file-identity.js';
import {
  CHUNK_BYTES,
  type FilePosition,
  type FileSourceOptions,
  isGzip,
  openLog,
  positionIn,
  streamIdOf,
} from './file-source.js';

const POLL_MS = 100;
/** After so long without a byte a record is taken as whole: a stack trace is written in one go. */
const FLUSH_AFTER_MS = 500;
/** The writer may go on with the old file for a moment after it was renamed. */
const LINGER_MS = 1000;

/**
 * Never ends but by the signal. Waits for a file that is not there yet. After a restart it goes on in the file that it
 * read, found by its inode even when it was renamed in between.
 */
export function createFollowSource(options: FileSourceOptions, clock: Clock): RecordSource {
  const { path, onWarning, startAt } = options;

  /** Reads on until another file lies at the path, this one is cut, or, of one renamed before, until its end. */
  async function* follow(
    file: FileHandle,
    start: (Partial<FilePosition> & Pick<FilePosition, 'lines'>) | undefined,
    isRenamed: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<RecordBatch> {
    const reader = createChunkReader(options, start);
    const buffer = Buffer.alloc(CHUNK_BYTES);
    let identity = await identify(file);
    let offsetBytes = start?.lines.offsetBytes ?? 0;
    let lastBytesAtMs = clock.nowMs();
    // where there is nothing new, an empty batch says so: whoever goes on in the middle of a silence is caught up with it
    let isFlushed = false;
    const batch = (reads: readonly Read[], isCaughtUp: boolean): RecordBatch => ({
      reads,
      ingestTimeMs: clock.nowMs(),
      position: { ...reader.position(), file: identity } satisfies FilePosition,
      isCaughtUp,
    });

    while (!signal.aborted) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, offsetBytes);
      if (bytesRead > 0) {
        // a file that was short when it was looked at first is known by more of it now
        if (offsetBytes < 1024) identity = await identify(file);
        offsetBytes += bytesRead;
        lastBytesAtMs = clock.nowMs();
        isFlushed = false;
        yield batch(reader.push(buffer.subarray(0, bytesRead)), bytesRead < CHUNK_BYTES);
        continue;
      }
      const silentMs = clock.nowMs() - lastBytesAtMs;
      const isCut = (await file.stat()).size < offsetBytes;
      if (isCut) onWarning(`${path} was cut: reading it from its start`);
      const hasSuccessor =
        !isCut && !isRenamed && silentMs >= LINGER_MS && (await isReplaced(identity.inode));
      if (isCut || isRenamed || hasSuccessor) {
        yield batch(reader.end(), false);
        return;
      }
      if (!isFlushed && silentMs >= FLUSH_AFTER_MS) {
        isFlushed = true;
        yield batch(reader.flush(), true);
      }
      await clock.sleep(POLL_MS, signal);
    }
  }

  const isReplaced = async (inode: string): Promise<boolean> => {
    const now = await inodeAt(path);
    return now !== undefined && now !== inode;
  };

  /** Opens the file that was read before under the name that it has by now, if that is another one. */
  const openRenamed = async (known: FilePosition): Promise<FileHandle | undefined> => {
    if ((await inodeAt(path)) === known.file.inode) return undefined;
    const renamed = await findRotated(path, known.file);
    return renamed === undefined ? undefined : openLog(renamed);
  };

  return {
    streamId: streamIdOf(path),
    batches: async function* (from, signal): AsyncGenerator<RecordBatch> {
      let known = from as FilePosition | undefined;
      let begin = known === undefined && startAt ? { lines: startAt } : undefined;
      const renamed = known === undefined ? undefined : await openRenamed(known);
      if (renamed !== undefined) {
        yield* closing(renamed, follow(renamed, known, true, signal));
        known = undefined;
      }
      while (!signal.aborted) {
        if ((await inodeAt(path)) === undefined) {
          await clock.sleep(POLL_MS, signal);
          continue;
        }
        const file = await openLog(path);
        await refuseGzip(file, path);
        const position = await positionIn(file, known, path, onWarning);
        yield* closing(file, follow(file, position ?? begin, false, signal));
        known = undefined;
        begin = undefined;
      }
    },
  };
}

async function* closing(file: FileHandle, batches: AsyncGenerator<RecordBatch>): AsyncGenerator<RecordBatch> {
  try {
    yield* batches;
  } finally {
    await file.close();
  }
}

async function refuseGzip(file: FileHandle, path: string): Promise<void> {
  const head = Buffer.alloc(2);
  await file.read(head, 0, 2, 0);
  if (!isGzip(head)) return;
  await file.close();
  throw new Error(`${path} is gzip, which is never appended to: leave out --follow`);
}
