// From a message body to the shape of its canonical text: nearly every body is scanned as it is,
// from one reused buffer; only stack traces and JSON objects take the way through `canonicalText`.

import { canonicalText, isCanonical } from './canonical-text.js';
import { createByteScanner, type ByteShape } from './shape-bytes.js';
import { MAX_HEAD_BYTES } from './vocabulary.js';

export interface BodyScanner {
  /** The shape of the body scanned last. */
  readonly shape: ByteShape;
  /** UTF-8 of the canonical text of the body scanned last; `shape` has offsets into it. */
  readonly bytes: Uint8Array;
  scan(body: string): void;
  /** How many of `bytes` the last text takes. */
  byteLength(): number;
}

/** Head, newline and 4 exception types of at most 200 ASCII characters. */
const SCRATCH_BYTES = MAX_HEAD_BYTES + 1024;

export function createBodyScanner(): BodyScanner {
  const scanner = createByteScanner();
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(SCRATCH_BYTES);
  const head = bytes.subarray(0, MAX_HEAD_BYTES);
  let length = 0;
  return {
    shape: scanner.shape,
    bytes,
    scan(body) {
      length = isCanonical(body)
        ? encoder.encodeInto(body, head).written
        : encoder.encodeInto(canonicalText(body), bytes).written;
      scanner.scan(bytes, 0, length);
    },
    byteLength: () => length,
  };
}
