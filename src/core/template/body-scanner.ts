// From a message body to the shape of its canonical text: nearly every body is scanned as it is,
// from one reused buffer; only stack traces and JSON objects take the way through `canonicalText`.

import { canonicalText, mayBeJson } from './canonical-text.js';
import type { ByteShape } from './byte-shape.js';
import { createByteScanner } from './shape-bytes.js';
import { MAX_HEAD_BYTES, MAX_TOKENS } from './vocabulary.js';

export interface BodyScanner {
  /** The shape of the body scanned last. */
  readonly shape: ByteShape;
  /** UTF-8 of the canonical text of the body scanned last; `shape` has offsets into it. */
  readonly bytes: Uint8Array;
  scan(body: string): void;
  /** Whether the text scanned last, compared by UTF-16 units, may come before another canonical text. */
  mayPrecede(text: string): boolean;
  /** The canonical text of the body scanned last: a fresh string that holds on to nothing else. */
  text(): string;
}

/** Head, newline and 4 exception types of at most 200 ASCII characters. */
const SCRATCH_BYTES = MAX_HEAD_BYTES + 1024;

const LONGEST_CHARACTER_BYTES = 4;

export function createBodyScanner(): BodyScanner {
  const scanner = createByteScanner();
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(SCRATCH_BYTES);
  const head = bytes.subarray(0, MAX_HEAD_BYTES);
  // a byte order mark is text like any other here: the bytes must decode to what was encoded
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let canonical = '';
  let length = 0;

  /** Scans the body as it stands; `false` if that is not its canonical text. */
  function scanPlain(body: string): boolean {
    if (mayBeJson(body)) return false;
    length = encoder.encodeInto(body, head).written;
    scanner.scan(bytes, 0, length);
    // beyond the scanned bytes, or the scanned tokens, nobody has looked for a second line
    return !scanner.shape.hasNewline && (isWholeScanned() || !body.includes('\n'));
  }

  function isWholeScanned(): boolean {
    return length <= MAX_HEAD_BYTES - LONGEST_CHARACTER_BYTES && scanner.shape.length < MAX_TOKENS;
  }

  return {
    shape: scanner.shape,
    bytes,
    scan(body) {
      canonical = body;
      if (scanPlain(body)) return;
      canonical = canonicalText(body);
      length = encoder.encodeInto(canonical, bytes).written;
      scanner.scan(bytes, 0, length);
    },
    mayPrecede: (text) => canonical < text,
    text: () => decoder.decode(bytes.subarray(0, length)),
  };
}
