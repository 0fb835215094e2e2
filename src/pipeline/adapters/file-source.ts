// A log file from its beginning to its end, plain or gzip; followed files are in `follow-source.ts`.
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { resolve } from 'node:path';
import { type LinePosition, looksBinary } from '../../core/lines.js';
import { type ChunkPosition, type ChunkReaderOptions, createChunkReader } from '../consume/chunk-reader.js';
import type { Clock, RecordBatch, RecordSource } from '../ports.js';
import { beginsAs, type FileIdentity, identify } from './file-identity.js';

export interface FileSourceOptions extends ChunkReaderOptions {
  readonly path: string;
  /** Where to begin when there is no position of an earlier run; default the start. */
  readonly startAt?: LinePosition;
  readonly onWarning: (sentence: string) => void;
}

/** Plain JSON; offsets of a gzip file are in what it unpacks to. */
export interface FilePosition extends ChunkPosition {
  readonly file: FileIdentity;
}

/** Large enough to be quick, small enough that a stop and a commit never wait long for a batch to go through. */
export const CHUNK_BYTES = 1 << 18;

export function streamIdOf(path: string): string {
  return `file:${resolve(path)}`;
}

/** A run that goes on where another stopped reads what was appended since; a file that was replaced is read anew. */
export function createFileSource(options: FileSourceOptions, clock: Clock): RecordSource {
  const { path, startAt, onWarning } = options;
  return {
    streamId: streamIdOf(path),
    batches: async function* (from, signal): AsyncGenerator<RecordBatch> {
      const file = await openLog(path);
      try {
        const position = await positionIn(file, from as FilePosition | undefined, path, onWarning);
        const start = position ?? (startAt ? { lines: startAt } : undefined);
        const reader = createChunkReader(options, start);
        const identity = await identify(file);
        const batch = (reads: RecordBatch['reads'], isCaughtUp: boolean): RecordBatch => ({
          reads,
          ingestTimeMs: clock.nowMs(),
          position: { ...reader.position(), file: identity } satisfies FilePosition,
          isCaughtUp,
        });
        for await (const chunk of chunksOf(path, start?.lines.offsetBytes ?? 0, onWarning)) {
          if (signal.aborted) return;
          yield batch(reader.push(chunk), false);
        }
        yield batch(reader.end(), true);
      } finally {
        await file.close();
      }
    },
  };
}

/** @throws Error that says what to do when there is no such file or it holds no text */
export async function openLog(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : (cause as Error).message;
    throw new Error(`cannot read ${path} (${why}): name a log file that can be read`, { cause });
  }
  try {
    await refuseWhatIsNoLog(file, path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function refuseWhatIsNoLog(file: FileHandle, path: string): Promise<void> {
  if ((await file.stat()).isDirectory()) throw new Error(`${path} is a folder: name one log file`);
  const head = Buffer.alloc(8192);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  if (isGzip(head)) return;
  const kind = looksBinary(head.subarray(0, bytesRead));
  if (kind === 'binary') throw new Error(`${path} is a binary file: name a text log, plain or gzip`);
  if (kind === 'utf-16')
    throw new Error(`${path} is UTF-16: convert it first, for example iconv -f UTF-16 -t UTF-8`);
}

/** The position if it is one in this file. */
export async function positionIn(
  file: FileHandle,
  from: FilePosition | undefined,
  path: string,
  onWarning: (sentence: string) => void,
): Promise<FilePosition | undefined> {
  if (from === undefined) return undefined;
  if (await beginsAs(file, from.file)) return from;
  onWarning(`${path} is not the file that was read before: reading it from its start`);
  return undefined;
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

async function* chunksOf(
  path: string,
  offsetBytes: number,
  onWarning: (sentence: string) => void,
): AsyncGenerator<Buffer> {
  const file = await open(path);
  const head = Buffer.alloc(2);
  await file.read(head, 0, 2, 0);
  await file.close();
  if (!isGzip(head)) {
    yield* createReadStream(path, {
      start: offsetBytes,
      highWaterMark: CHUNK_BYTES,
    }) as AsyncIterable<Buffer>;
    return;
  }
  // packed bytes cannot be jumped into: what was read before is unpacked again and left out
  let toSkip = offsetBytes;
  const packed = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const unpacked = Readable.from(packed).pipe(createGunzip({ chunkSize: CHUNK_BYTES }));
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      if (toSkip >= chunk.length) toSkip -= chunk.length;
      else {
        yield chunk.subarray(toSkip);
        toSkip = 0;
      }
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'Z_BUF_ERROR' && code !== 'Z_DATA_ERROR') throw error;
    onWarning(`${path} is truncated or damaged gzip (${(error as Error).message}): read as far as it goes`);
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}
