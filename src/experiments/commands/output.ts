// Standard output as a sink for many lines: written in large pieces, and quiet when the reader has gone away.
import { closeSync, openSync, writeSync } from 'node:fs';

export interface LineOutput {
  write(line: string): void;
  /** Bytes handed to the system so far. */
  flush(): number;
  close(): void;
}

const PIECE_CHARACTERS = 1 << 16;

/** @param path a file to append to, or undefined for standard output */
export function createLineOutput(path?: string): LineOutput {
  const descriptor = path === undefined ? 1 : openSync(path, 'a');
  let held = '';
  let bytes = 0;
  const flush = (): number => {
    const piece = Buffer.from(held);
    held = '';
    for (let at = 0; at < piece.length;) at += writeOrWait(descriptor, piece.subarray(at));
    bytes += piece.length;
    return bytes;
  };
  return {
    write: (line) => {
      held += line;
      held += '\n';
      if (held.length >= PIECE_CHARACTERS) flush();
    },
    flush,
    close: () => {
      flush();
      if (path !== undefined) closeSync(descriptor);
    },
  };
}

/** A pipe that is full says EAGAIN; one whose reader has gone says EPIPE, and nobody wants the rest. */
function writeOrWait(descriptor: number, bytes: Buffer): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') process.exit(0);
    if (code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return 0;
  }
}
