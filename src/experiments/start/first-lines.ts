// The first part of a log, by its lines: by its bytes a few very long lines at the end would make nearly all of it the first
// part.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { LinePosition } from '../../core/lines.js';

const NEWLINE = 10;
const CHUNK_BYTES = 1 << 20;

/** @returns the lines that begin within the first `mostBytes`, the last one with or without a line break */
export async function countLines(path: string, mostBytes: number): Promise<number> {
  let lines = 0;
  let isWithin = false;
  for await (const chunk of chunksOf(path, mostBytes)) {
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
    isWithin = chunk.at(-1) !== NEWLINE;
  }
  return lines + (isWithin ? 1 : 0);
}

/**
 * Whole lines: `mostLines` of them, or fewer where those before are `mostBytes` or more, or the file ends.
 *
 * @returns the position behind them
 */
export async function copyFirstLines(
  from: string,
  mostLines: number,
  mostBytes: number,
  to: string,
): Promise<LinePosition> {
  const out = await open(to, 'w');
  let lines = 0;
  let offsetBytes = 0;
  try {
    for await (const chunk of chunksOf(from, Infinity)) {
      let end = 0;
      let isEnough = lines >= mostLines;
      while (!isEnough && end < chunk.length) {
        const at = chunk.indexOf(NEWLINE, end);
        end = at < 0 ? chunk.length : at + 1;
        if (at < 0) break;
        lines++;
        isEnough = lines >= mostLines || offsetBytes + end >= mostBytes;
      }
      await out.appendFile(chunk.subarray(0, end));
      offsetBytes += end;
      if (isEnough) break;
    }
  } finally {
    await out.close();
  }
  return { lines, offsetBytes };
}

function chunksOf(path: string, mostBytes: number): AsyncIterable<Buffer> {
  return createReadStream(path, {
    highWaterMark: CHUNK_BYTES,
    ...(Number.isFinite(mostBytes) ? { end: mostBytes - 1 } : {}),
  }) as AsyncIterable<Buffer>;
}
