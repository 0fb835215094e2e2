// Bytes to reads, with a position that a later run goes on from in the middle of a file or of a stack trace.
import type { InputOptions } from '../../core/artifact.js';
import { createRecordReader, type ReaderOptions, type ReaderState } from '../../core/format/reader.js';
import { createLineSplitter, type Line, type LinePosition } from '../../core/lines.js';
import type { Read } from '../../core/record.js';

/** Plain JSON. */
export interface ChunkPosition {
  /** Behind the last whole line: bytes after it are read again. */
  readonly lines: LinePosition;
  readonly reader: ReaderState;
}

export interface ChunkReader {
  push(chunk: Uint8Array): Read[];
  /** The input was silent for a while: gives out the record that may still have grown, but no unfinished line. */
  flush(): Read[];
  /** End of the input, or of this file of it. */
  end(): Read[];
  position(): ChunkPosition;
}

export interface ChunkReaderOptions {
  /** How the artifact reads its lines. */
  readonly input: InputOptions;
  /** Source of records that name none. */
  readonly defaultSource: string;
  /** Year of dates that have none. */
  readonly referenceYear: number;
  /** Sees every line before it is read, for those who pass the raw text on. */
  readonly onLine?: (line: Line) => void;
}

/** @param from a position in the same input; `reader` undefined to begin there with nothing known */
export function createChunkReader(
  options: ChunkReaderOptions,
  from?: { readonly lines: LinePosition; readonly reader?: ReaderState | undefined },
): ChunkReader {
  const { input, defaultSource, referenceYear, onLine } = options;
  const reader = createRecordReader(
    { ...(input as Partial<ReaderOptions>), defaultSource, referenceYear },
    from?.reader,
  );
  const splitter = createLineSplitter(from ? { from: from.lines } : {});
  const take = (line: Line, emit: (read: Read) => void): void => {
    onLine?.(line);
    reader.push(line, emit);
  };
  const collect = (work: (emit: (read: Read) => void) => void): Read[] => {
    const reads: Read[] = [];
    work((read) => reads.push(read));
    return reads;
  };
  return {
    push: (chunk) => collect((emit) => splitter.push(chunk, (line) => take(line, emit))),
    flush: () => collect((emit) => reader.flush(emit)),
    end: () =>
      collect((emit) => {
        splitter.end((line) => take(line, emit));
        reader.flush(emit);
      }),
    position: () => ({ lines: splitter.position(), reader: reader.snapshot() }),
  };
}
