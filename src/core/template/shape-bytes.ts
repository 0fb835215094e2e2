// The fast scanner: the shape of a message from its UTF-8 bytes in one pass with a token stack that only looks back.
// It allocates nothing per message; `shape.ts` says the same in strings, and a property test holds the two together.

import {
  BYTE_CLASS,
  DELIMITER_BYTE,
  DIGIT,
  LETTER,
  LITERAL,
  MESSAGE_KEY,
  NO_WORD_BYTE,
  SPACE_BYTE,
  UNIT,
  USER,
  USER_PREFIX,
  VALUE,
  WORD,
  kindOfWord,
} from './byte-classes.js';
import { isAfterEmptySlot, isBeforeLiteral, isRepeatable, openerOf } from './byte-delimiters.js';
import {
  BACKSLASH_BYTE,
  COLON,
  CURLY_CLOSE,
  CURLY_OPEN,
  EQUALS,
  GREATER,
  HYPHEN,
  LESS,
  NEWLINE,
  QUOTE,
  ROUND_CLOSE,
  SQUARE_CLOSE,
  SQUARE_OPEN,
} from './byte-names.js';
import {
  type ByteShape,
  absorbUnit,
  createByteShape,
  dropParenthesis,
  hashTokens,
  pushDelimiter,
  pushToken,
  pushValue,
} from './byte-shape.js';
import { PRIME_A, PRIME_B, SEED_A, SEED_B, TOKEN_CAPACITY, mix } from './shape-hash.js';
import { MAX_PAYLOAD_TOKENS, MAX_TOKENS } from './vocabulary.js';
import { type ScannedWord, scanWord } from './word-bytes.js';

export interface ByteScanner {
  readonly shape: ByteShape;
  /** @param bytes UTF-8 of a canonical text (see `canonicalText`), from `start` to `end` */
  scan(bytes: Uint8Array, start: number, end: number): void;
}

export function createByteScanner(): ByteScanner {
  const shape = createByteShape();
  const { kind, char: charOf, start: startOf, end: endOf } = shape;
  /** Token indices of the `[` and `{` that are still open. */
  const opened = new Int32Array(TOKEN_CAPACITY);
  const word: ScannedWord = { end: 0, next: 0, isValue: false, a: 0, b: 0 };
  let bytes: Uint8Array = new Uint8Array(0);
  let openCount = 0;
  /** Token index of the double quote that is still open; -1 for none. */
  let quote = -1;

  return { shape, scan };

  function scan(text: Uint8Array, start: number, end: number): void {
    bytes = text;
    shape.length = 0;
    openCount = 0;
    quote = -1;
    const table = BYTE_CLASS;
    let at = start;
    while (at < end) {
      if (shape.length >= MAX_TOKENS) break;
      const byte = text[at]!;
      const byteClass = table[byte]!;
      if (byteClass === SPACE_BYTE) {
        if (byte === NEWLINE) break;
        at++;
      } else if (byteClass === DELIMITER_BYTE) {
        addDelimiter(byte, at, start, end);
        at++;
      } else {
        scanWord(text, at, end, word);
        addWord(at);
        at = word.next;
      }
    }
    // a payload that was cut off is still a payload
    for (let i = 0; i < openCount; i++) {
      if (shape.length - opened[i]! - 1 <= MAX_PAYLOAD_TOKENS) continue;
      foldFrom(opened[i]!, at);
      break;
    }
    shape.hasNewline = at < end && text[at] === NEWLINE;
    if (at < end) addExceptionTypes(at, end);
    hashTokens(shape);
  }

  function addWord(start: number): void {
    const { end, a, b } = word;
    if (end === start) return;
    if (word.isValue) return addPathOrValue(start, end);
    const wordKind = kindOfWord(a, b);
    const top = shape.length - 1;
    if (wordKind !== WORD && top >= 0) {
      if ((wordKind & UNIT) !== 0 && kind[top] === VALUE) return absorbUnit(shape, a, end);
      if ((wordKind & LITERAL) !== 0 && isLiteralPlace(top)) return pushValue(shape, start, end);
    }
    if (top > 0 && (kind[top]! & USER) !== 0 && (kind[top - 1]! & USER_PREFIX) !== 0) {
      return pushValue(shape, start, end);
    }
    pushToken(shape, wordKind, a, b, start, end);
  }

  /** After `=`, `:` or `(`, or after the empty slot of `key= true`. */
  function isLiteralPlace(top: number): boolean {
    if (isBeforeLiteral(charOf[top]!)) return true;
    return top > 0 && kind[top] === VALUE && startOf[top] === endOf[top] && charOf[top - 1] === EQUALS;
  }

  /** A Windows path takes the drive letter and the colon before it. */
  function addPathOrValue(start: number, end: number): void {
    let from = start;
    const n = shape.length;
    if (bytes[start] === BACKSLASH_BYTE && n > 1 && charOf[n - 1] === COLON && isLetterToken(n - 2)) {
      shape.length -= 2;
      from = startOf[n - 2]!;
    }
    pushValue(shape, from, end);
  }

  function addDelimiter(byte: number, at: number, start: number, end: number): void {
    const before = at > start ? bytes[at - 1]! : 0;
    const after = at + 1 < end ? bytes[at + 1]! : 0;
    if (byte === LESS || byte === GREATER) {
      if (BYTE_CLASS[after] === DIGIT) return;
      if (byte === GREATER && (before === HYPHEN || before === EQUALS)) return; // an arrow reads like its shaft
    }
    const opener = openerOf(byte);
    if (opener !== 0 && before === opener && isOnTop(opener)) {
      pushValue(shape, at, at); // an empty slot is a slot
      pushDelimiter(shape, byte, at);
      if (byte === QUOTE) quote = -1;
      if (byte === SQUARE_CLOSE || byte === CURLY_CLOSE) openCount--;
      return;
    }
    if (byte === before && isRepeatable(byte)) return;
    if (byte === ROUND_CLOSE && dropParenthesis(shape, at)) return;
    if (byte === SQUARE_CLOSE || byte === CURLY_CLOSE) {
      while (openCount > 0 && charOf[opened[openCount - 1]!] !== opener) openCount--;
      if (openCount > 0) {
        const open = opened[--openCount]!;
        if (shape.length - open - 1 > MAX_PAYLOAD_TOKENS) return foldFrom(open, at + 1);
      }
    } else if (byte === SQUARE_OPEN || byte === CURLY_OPEN) opened[openCount++] = shape.length;
    else if (byte === QUOTE) {
      if (quote >= 0) foldQuoted(at);
      quote = quote >= 0 ? -1 : shape.length;
    }
    pushDelimiter(shape, byte, at);
    if (
      byte === EQUALS &&
      at > start &&
      (BYTE_CLASS[before]! & NO_WORD_BYTE) === 0 &&
      isAfterEmptySlot(after)
    ) {
      pushValue(shape, at + 1, at + 1);
    }
  }

  /** `key="some words"` becomes `key="<*>"`, unless the key says that this is the message. */
  function foldQuoted(at: number): void {
    if (quote < 2 || shape.length - quote - 1 < 2 || charOf[quote - 1] !== EQUALS) return;
    const key = kind[quote - 2]!;
    if ((key & WORD) === 0 || (key & MESSAGE_KEY) !== 0) return;
    const start = endOf[quote]!;
    shape.length = quote + 1;
    while (openCount > 0 && opened[openCount - 1]! >= quote) openCount--;
    pushValue(shape, start, at);
  }

  function foldFrom(open: number, end: number): void {
    const start = startOf[open]!;
    shape.length = open;
    if (quote >= open) quote = -1;
    pushValue(shape, start, end);
  }

  function addExceptionTypes(from: number, end: number): void {
    // the head may have been cut at its last token: go on at its end
    let at = bytes.indexOf(NEWLINE, from);
    while (at >= 0 && at < end) {
      let lineEnd = bytes.indexOf(NEWLINE, at + 1);
      if (lineEnd < 0 || lineEnd > end) lineEnd = end;
      let a = SEED_A;
      let b = SEED_B;
      for (let i = at + 1; i < lineEnd; i++) {
        a = Math.imul(a ^ bytes[i]!, PRIME_A);
        b = Math.imul(b ^ bytes[i]!, PRIME_B);
      }
      pushDelimiter(shape, NEWLINE, at);
      pushToken(shape, WORD, mix(a), mix(b), at + 1, lineEnd);
      at = lineEnd;
    }
  }

  function isOnTop(delimiter: number): boolean {
    return shape.length > 0 && charOf[shape.length - 1] === delimiter;
  }

  function isLetterToken(i: number): boolean {
    const isOneByte = (kind[i]! & WORD) !== 0 && startOf[i]! + 1 === endOf[i];
    return isOneByte && (BYTE_CLASS[bytes[startOf[i]!]!]! & LETTER) !== 0;
  }
}
