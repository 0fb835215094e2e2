// The bytes of one input as lines: gzip as it is, binary files refused, a truncated one read as far as it goes.
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createLineSplitter, type Line, looksBinary } from '../../core/lines.js';
import { gunzip, isGzip } from './gunzip.js';
import { InputError } from './resolve-inputs.js';

export interface ReadLinesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file read so far, compressed as they lie there. */
  readonly onProgress?: (bytesRead: number) => void;
  /** Something that the user must know though reading goes on. */
  readonly onWarning?: (sentence: string) => void;
}

/** Small, so that the reads of a chunk are gone before the garbage collector would move them: 1.5x over 1 MiB. */
const CHUNK_BYTES = 1 << 16;
const HEAD_BYTES = 8192;

/** Batches of lines, one for each chunk read. @throws InputError for a binary file and one that cannot be read */
export async function* readLines(
  path: string,
  options: ReadLinesOptions,
): AsyncGenerator<readonly Line[], void> {
  const splitter = createLineSplitter();
  let isFirst = true;
  const onDamage = (what: string): void =>
    options.onWarning?.(
      `${path} is truncated or damaged gzip (${what}): read up to line ${splitter.position().lines}, what follows is lost`,
    );
  try {
    for await (const chunk of unzipped(path, options, onDamage)) {
      if (options.signal?.aborted) return;
      if (isFirst) refuseBinary(path, chunk);
      isFirst = false;
      const lines: Line[] = [];
      splitter.push(chunk, (line) => lines.push(line));
      if (lines.length > 0) yield lines;
    }
  } catch (error) {
    throw isFromSystem(error) ? unreadable(path, error) : error;
  }
  const last: Line[] = [];
  splitter.end((line) => last.push(line));
  if (last.length > 0) yield last;
}

/** The bytes themselves, or what they unpack to when they begin with gzip's magic number. */
async function* unzipped(
  path: string,
  { onProgress }: ReadLinesOptions,
  onDamage: (what: string) => void,
): AsyncGenerator<Buffer> {
  const raw: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const chunks = (async function* (): AsyncGenerator<Buffer> {
    let bytesRead = 0;
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      bytesRead += chunk.length;
      onProgress?.(bytesRead);
      yield chunk;
    }
  })();
  try {
    const first = await chunks.next();
    if (first.done === true) return;
    const all = (async function* (): AsyncGenerator<Buffer> {
      yield first.value;
      yield* chunks;
    })();
    if (isGzip(first.value)) yield* gunzip(all, onDamage);
    else yield* all;
  } finally {
    // also when nobody wants the rest
    raw.destroy();
  }
}

function refuseBinary(path: string, head: Buffer): void {
  const kind = looksBinary(head.subarray(0, HEAD_BYTES));
  if (kind === 'binary') throw new InputError(`${path} is a binary file: name text logs, plain or gzip`);
  if (kind === 'utf-16')
    throw new InputError(`${path} is UTF-16: convert it first, for example iconv -f UTF-16 -t UTF-8`);
}

function isFromSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && (error as NodeJS.ErrnoException).syscall !== undefined;
}

function unreadable(path: string, cause: NodeJS.ErrnoException): InputError {
  return new InputError(
    `${path} cannot be read (${cause.message}): check that it is there and yours to read`,
    {
      cause,
    },
  );
}
