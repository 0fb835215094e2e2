// The fast scanner: the shape of a message from its UTF-8 bytes in one pass with a token stack that only looks back.
// It allocates nothing per message; `shape.ts` says the same in strings, and a property test holds the two together.

import {
  BYTE_CLASS,
  DATE,
  DELIMITER_A,
  DELIMITER_B,
  DELIMITER_BYTE,
  DELIMITER_KIND,
  DIGIT,
  JOINER,
  kindOfWord,
  LETTER,
  LITERAL,
  MESSAGE_KEY,
  NO_WORD_BYTE,
  SIGN,
  SPACE_BYTE,
  UNIT,
  USER,
  USER_PREFIX,
  VALUE,
  WORD,
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
  ROUND_OPEN,
  SQUARE_CLOSE,
  SQUARE_OPEN,
} from './byte-names.js';
import {
  COEFFICIENT_A,
  COEFFICIENT_B,
  COUNT_A,
  COUNT_B,
  mix,
  PRIME_A,
  PRIME_B,
  SEED_A,
  SEED_B,
  TOKEN_CAPACITY,
  VALUE_HASH,
} from './shape-hash.js';
import { MAX_PAYLOAD_TOKENS, MAX_TOKENS } from './vocabulary.js';
import { scanWord, type ScannedWord } from './word-bytes.js';

/** The shape of the text scanned last. Arrays are by token; what lies beyond `length` is left over. */
export interface ByteShape {
  length: number;
  /** Hash of the shape, as of `hashShape` but signed. */
  a: number;
  b: number;
  /** Whether the head ended in a newline. */
  hasNewline: boolean;
  readonly tokenA: Int32Array;
  readonly tokenB: Int32Array;
  /** Bits of `byte-classes.ts`: `VALUE`, `DELIMITER` or `WORD`, and the lists that hold it. */
  readonly kind: Uint16Array;
  /** Byte offsets into the scanned bytes, half open. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Of a value: hash of what stood between and after its parts. Equal layouts have equal glue. */
  readonly glue: Int32Array;
}

export interface ByteScanner {
  readonly shape: ByteShape;
  /** @param bytes UTF-8 of a canonical text (see `canonicalText`), from `start` to `end` */
  scan(bytes: Uint8Array, start: number, end: number): void;
}

/** What `glue` is made of, besides the hashes of joiners and units. */
const GLUE_SPACE = 1;
const GLUE_DATE = 2;
const GLUE_OPEN = 3;
const GLUE_CLOSE = 4;
const GLUE_EMPTY = 5;

export function createByteScanner(): ByteScanner {
  const tokenA = new Int32Array(TOKEN_CAPACITY);
  const tokenB = new Int32Array(TOKEN_CAPACITY);
  const kind = new Uint16Array(TOKEN_CAPACITY);
  /** Of a delimiter: its byte; 0 for words and values. */
  const charOf = new Uint8Array(TOKEN_CAPACITY);
  const startOf = new Int32Array(TOKEN_CAPACITY);
  const endOf = new Int32Array(TOKEN_CAPACITY);
  const glue = new Int32Array(TOKEN_CAPACITY);
  /** Token indices of the `[` and `{` that are still open. */
  const opened = new Int32Array(TOKEN_CAPACITY);
  const coefficientA = COEFFICIENT_A;
  const coefficientB = COEFFICIENT_B;
  const word: ScannedWord = { end: 0, next: 0, isValue: false, a: 0, b: 0 };
  const shape: ByteShape = {
    length: 0,
    a: 0,
    b: 0,
    hasNewline: false,
    tokenA,
    tokenB,
    kind,
    start: startOf,
    end: endOf,
    glue,
  };
  let bytes: Uint8Array = new Uint8Array(0);
  let n = 0;
  let openCount = 0;
  /** Token index of the double quote that is still open; -1 for none. */
  let quote = -1;

  return { shape, scan };

  function scan(text: Uint8Array, start: number, end: number): void {
    bytes = text;
    n = 0;
    openCount = 0;
    quote = -1;
    const table = BYTE_CLASS;
    let at = start;
    while (at < end) {
      if (n >= MAX_TOKENS) break;
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
      if (n - opened[i]! - 1 <= MAX_PAYLOAD_TOKENS) continue;
      foldFrom(opened[i]!, at);
      break;
    }
    shape.hasNewline = at < end && text[at] === NEWLINE;
    if (at < end) addExceptionTypes(at, end);
    finish();
  }

  function addWord(start: number): void {
    const { end, a, b } = word;
    if (end === start) return;
    if (word.isValue) return addPathOrValue(start, end);
    const wordKind = kindOfWord(a, b);
    if (n > 0) {
      if ((wordKind & UNIT) !== 0 && kind[n - 1] === VALUE) {
        endOf[n - 1] = end;
        glue[n - 1] = step(glue[n - 1]!, a);
        return;
      }
      if ((wordKind & LITERAL) !== 0 && isBeforeLiteral(charOf[n - 1]!)) return addValue(start, end);
      if (n > 1 && (kind[n - 1]! & USER) !== 0 && (kind[n - 2]! & USER_PREFIX) !== 0)
        return addValue(start, end);
    }
    push(wordKind, 0, a, b, start, end);
  }

  /** A Windows path takes the drive letter and the colon before it. */
  function addPathOrValue(start: number, end: number): void {
    let from = start;
    if (bytes[start] === BACKSLASH_BYTE && n > 1 && charOf[n - 1] === COLON && isLetterToken(n - 2)) {
      n -= 2;
      from = startOf[n]!;
    }
    addValue(from, end);
  }

  function addDelimiter(byte: number, at: number, start: number, end: number): void {
    const before = at > start ? bytes[at - 1]! : 0;
    const after = at + 1 < end ? bytes[at + 1]! : 0;
    if (byte === LESS || byte === GREATER) {
      if (BYTE_CLASS[after] === DIGIT) return;
      if (byte === GREATER && (before === HYPHEN || before === EQUALS)) return; // an arrow reads like its shaft
    }
    const opener = openerOf(byte);
    if (opener !== 0 && before === opener && n > 0 && charOf[n - 1] === opener) {
      addValue(at, at); // an empty slot is a slot
      pushDelimiter(byte, at);
      if (byte === QUOTE) quote = -1;
      if (byte === SQUARE_CLOSE || byte === CURLY_CLOSE) openCount--;
      return;
    }
    if (byte === before && isRepeatable(byte)) return;
    if (byte === ROUND_CLOSE && dropParenthesis(at)) return;
    if (byte === SQUARE_CLOSE || byte === CURLY_CLOSE) {
      while (openCount > 0 && charOf[opened[openCount - 1]!] !== opener) openCount--;
      if (openCount > 0) {
        const open = opened[--openCount]!;
        if (n - open - 1 > MAX_PAYLOAD_TOKENS) return foldFrom(open, at + 1);
      }
    } else if (byte === SQUARE_OPEN || byte === CURLY_OPEN) opened[openCount++] = n;
    else if (byte === QUOTE) {
      if (quote >= 0) foldQuoted(at);
      quote = quote >= 0 ? -1 : n;
    }
    pushDelimiter(byte, at);
    if (
      byte === EQUALS &&
      at > start &&
      (BYTE_CLASS[before]! & NO_WORD_BYTE) === 0 &&
      isAfterEmptySlot(after)
    ) {
      addValue(at + 1, at + 1);
    }
  }

  /** Pushes a value, or folds it into the value before it. */
  function addValue(start: number, end: number): void {
    let from = start;
    let hasDate = false;
    while (n > 0 && (kind[n - 1]! & DATE) !== 0) {
      from = startOf[--n]!;
      hasDate = true;
    }
    if (n > 0 && (kind[n - 1]! & SIGN) !== 0 && (n === 1 || kind[n - 2] !== VALUE)) from = startOf[--n]!;
    if (n > 0 && kind[n - 1] === VALUE) fold(GLUE_SPACE, hasDate, end);
    else if (n > 1 && (kind[n - 1]! & JOINER) !== 0 && kind[n - 2] === VALUE) {
      n--;
      fold(tokenA[n]!, hasDate, end);
    } else {
      push(VALUE, 0, VALUE_HASH.a, VALUE_HASH.b, from, end);
      if (hasDate) glue[n - 1] = step(0, GLUE_DATE);
    }
  }

  function fold(joiner: number, hasDate: boolean, end: number): void {
    endOf[n - 1] = end;
    const joined = step(glue[n - 1]!, joiner);
    glue[n - 1] = hasDate ? step(joined, GLUE_DATE) : joined;
  }

  /** A parenthesis that holds a value or nothing, after a value, is optional and no structure: it joins that value. */
  function dropParenthesis(at: number): boolean {
    const inner = n > 0 && kind[n - 1] === VALUE ? 1 : 0;
    const open = n - 1 - inner;
    if (open < 1 || charOf[open] !== ROUND_OPEN || kind[open - 1] !== VALUE) return false;
    const content = inner === 1 ? glue[n - 1]! : GLUE_EMPTY;
    n = open;
    endOf[n - 1] = at + 1;
    glue[n - 1] = step(step(step(glue[n - 1]!, GLUE_OPEN), content), GLUE_CLOSE);
    return true;
  }

  /** `key="some words"` becomes `key="<*>"`, unless the key says that this is the message. */
  function foldQuoted(at: number): void {
    if (quote < 2 || n - quote - 1 < 2 || charOf[quote - 1] !== EQUALS) return;
    const key = kind[quote - 2]!;
    if ((key & WORD) === 0 || (key & MESSAGE_KEY) !== 0) return;
    const start = endOf[quote]!;
    n = quote + 1;
    while (openCount > 0 && opened[openCount - 1]! >= quote) openCount--;
    addValue(start, at);
  }

  function foldFrom(open: number, end: number): void {
    const start = startOf[open]!;
    n = open;
    if (quote >= open) quote = -1;
    addValue(start, end);
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
      pushDelimiter(NEWLINE, at);
      push(WORD, 0, mix(a), mix(b), at + 1, lineEnd);
      at = lineEnd;
    }
  }

  function pushDelimiter(byte: number, at: number): void {
    push(DELIMITER_KIND[byte]!, byte, DELIMITER_A[byte]!, DELIMITER_B[byte]!, at, at + 1);
  }

  function push(tokenKind: number, char: number, a: number, b: number, start: number, end: number): void {
    kind[n] = tokenKind;
    charOf[n] = char;
    tokenA[n] = a;
    tokenB[n] = b;
    startOf[n] = start;
    endOf[n] = end;
    glue[n] = 0;
    n++;
  }

  function isLetterToken(i: number): boolean {
    const isOneByte = (kind[i]! & WORD) !== 0 && startOf[i]! + 1 === endOf[i];
    return isOneByte && (BYTE_CLASS[bytes[startOf[i]!]!]! & LETTER) !== 0;
  }

  function finish(): void {
    const length = n;
    let a = Math.imul(length, COUNT_A);
    let b = Math.imul(length, COUNT_B);
    for (let i = 0; i < length; i++) {
      a = (a + Math.imul(tokenA[i]!, coefficientA[i]!)) | 0;
      b = (b + Math.imul(tokenB[i]!, coefficientB[i]!)) | 0;
    }
    shape.length = length;
    shape.a = a;
    shape.b = b;
  }
}

function step(hash: number, by: number): number {
  return Math.imul(hash ^ by, PRIME_B) + 1;
}
