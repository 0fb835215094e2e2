// Bytes to lines: cuts chunks, however they fall, into decoded lines with their number and place in the input.
// Bounded: a line beyond the limit is told as such and never held, so that no input can ask for unbounded memory.

export interface Line {
  /** Without its line break; invalid UTF-8 is U+FFFD. Of a line that is too long, the first 4,096 characters. */
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** Offset of the byte behind the line and its line break: where reading goes on. */
  readonly endOffsetBytes: number;
  readonly isTooLong: boolean;
}

/** Where a splitter stands after its last whole line; plain JSON, and enough to go on from there. */
export interface LinePosition {
  readonly lines: number;
  readonly offsetBytes: number;
}

export interface LineSplitterOptions {
  /** Longest line that is read, in bytes without the `\n`. Default 1 MiB. */
  readonly maxLineBytes?: number;
  /** The first chunk begins here: a position that another splitter had on the same input. */
  readonly from?: LinePosition;
}

export interface LineSplitter {
  /** Calls back for every line that ends in this chunk. The chunk may be overwritten afterwards. */
  push(chunk: Uint8Array, onLine: (line: Line) => void): void;
  /** End of input: calls back for a last line without line break, if there is one. */
  end(onLine: (line: Line) => void): void;
  /** Behind the last line called back. Bytes of a line that has not ended are not counted: read them again. */
  position(): LinePosition;
}

/** Characters that are kept of a line that is too long. */
export const KEPT_CHARACTERS = 4096;
/** More than 4,096 characters take: 3 bytes is the most for one UTF-16 unit. */
const KEPT_BYTES = KEPT_CHARACTERS * 4;
const NEWLINE = 10;

/** Lines end in LF or CRLF; a UTF-8 byte order mark at the very start is left out. The cut of chunks changes nothing. */
export function createLineSplitter(options: LineSplitterOptions = {}): LineSplitter {
  const maxLineBytes = options.maxLineBytes ?? 1_048_576;
  let { lines, offsetBytes } = options.from ?? { lines: 0, offsetBytes: 0 };
  // what came of a line that has not ended yet: its pieces, or only its beginning once it is too long
  let pieces: Buffer[] = [];
  let pendingBytes = 0;

  const keptBytes = (): number => pieces.reduce((sum, piece) => sum + piece.length, 0);
  const keep = (piece: Buffer): void => {
    if (piece.length === 0) return;
    pendingBytes += piece.length;
    if (pendingBytes <= maxLineBytes) {
      pieces.push(Buffer.from(piece));
    } else if (keptBytes() < KEPT_BYTES || pieces.length > 1) {
      pieces = [Buffer.from(Buffer.concat([...pieces, piece]).subarray(0, KEPT_BYTES))];
    }
  };

  const give = (
    text: string,
    lengthBytes: number,
    breakBytes: number,
    onLine: (line: Line) => void,
  ): void => {
    lines++;
    offsetBytes += lengthBytes + breakBytes;
    const isTooLong = lengthBytes > maxLineBytes;
    if (lines === 1 && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    if (isTooLong) text = text.slice(0, KEPT_CHARACTERS);
    else if (text.charCodeAt(text.length - 1) === 13) text = text.slice(0, -1);
    onLine({ text, number: lines, endOffsetBytes: offsetBytes, isTooLong });
  };

  const givePending = (breakBytes: number, onLine: (line: Line) => void): void => {
    const bytes = Buffer.concat(pieces);
    const lengthBytes = pendingBytes;
    pieces = [];
    pendingBytes = 0;
    give(decode(bytes, 0, bytes.length, false), lengthBytes, breakBytes, onLine);
  };

  return {
    push: (chunk, onLine) => {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let start = 0;
      let end = bytes.indexOf(NEWLINE);
      if (end >= 0 && pendingBytes > 0) {
        keep(bytes.subarray(0, end));
        givePending(1, onLine);
        start = end + 1;
        end = bytes.indexOf(NEWLINE, start);
      }
      if (end >= 0) {
        const isAscii = isAsciiOnly(bytes);
        for (; end >= 0; end = bytes.indexOf(NEWLINE, start)) {
          const keptEnd = end - start > maxLineBytes ? Math.min(end, start + KEPT_BYTES) : end;
          const from = start;
          start = end + 1;
          give(decode(bytes, from, keptEnd, isAscii), end - from, 1, onLine);
        }
      }
      keep(bytes.subarray(start));
    },
    end: (onLine) => {
      if (pendingBytes > 0) givePending(0, onLine);
    },
    position: () => ({ lines, offsetBytes }),
  };
}

/** One copy and one count at memory speed; decoding as Latin-1 is then the same as UTF-8 and a third quicker. */
function isAsciiOnly(bytes: Buffer): boolean {
  return Buffer.byteLength(bytes.toString('latin1'), 'utf8') === bytes.length;
}

/** A string of its own, not a slice of the chunk: a record that is kept must not keep the chunk alive. */
function decode(bytes: Buffer, start: number, end: number, isAscii: boolean): string {
  return bytes.toString(isAscii ? 'latin1' : 'utf8', start, end);
}

/**
 * Whether the head of an input (up to 8 KiB of it) cannot be log lines in UTF-8: `utf-16` has a byte order mark or a
 * NUL in every other byte; `binary` has other NULs or many control characters.
 */
export function looksBinary(head: Uint8Array): 'binary' | 'utf-16' | undefined {
  const length = Math.min(head.length, 8192);
  if (length >= 2 && ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))) {
    return 'utf-16';
  }
  const nuls = [0, 0];
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const byte = head[i] ?? 0;
    if (byte === 0) nuls[i & 1] = (nuls[i & 1] ?? 0) + 1;
    // tab, LF, FF, CR and escape (colours) are at home in logs
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls++;
  }
  const [even = 0, odd = 0] = nuls;
  if (Math.max(even, odd) > length * 0.3 && Math.min(even, odd) < length * 0.05) return 'utf-16';
  // a crash leaves a run of NULs in a log; more than a tenth is no log
  return even + odd + controls > length * 0.1 ? 'binary' : undefined;
}
