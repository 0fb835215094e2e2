// One run of word bytes: where it ends, its hash, and whether it is a value. The byte-wise twin of `shape-word.ts`;
// it allocates nothing and reads each byte once, a few of them twice.

import {
  AT_SIGN,
  BACKSLASH,
  BYTE_CLASS,
  DELIMITER_BYTE,
  DIGIT,
  DOT,
  HEX_LETTER,
  HOST_ENDING,
  kindOfWord,
  LETTER,
  NO_WORD_BYTE,
  SLASH,
} from './byte-classes.js';
import {
  AT_BYTE,
  BACKSLASH_BYTE,
  COLON,
  DOT_BYTE,
  EXCLAMATION,
  EQUALS,
  QUESTION,
  SEMICOLON,
  SLASH_BYTE,
} from './byte-names.js';
import { mix, PRIME_A, PRIME_B, SEED_A, SEED_B } from './shape-hash.js';

/** Where `scanWord` leaves what it found; reused from word to word. */
export interface ScannedWord {
  /** End of the word without a trailing dot; equal to its start if there was nothing but dots. */
  end: number;
  /** Where to go on. */
  next: number;
  isValue: boolean;
  /** Hash, as of `hashToken` but signed; only set for words. */
  a: number;
  b: number;
}

const MAX_RUN_COLONS = 15;

/** @param at offset of a word byte; bytes from `end` on are not looked at */
export function scanWord(bytes: Uint8Array, at: number, end: number, word: ScannedWord): void {
  const first = bytes[at]!;
  word.isValue = true;
  if (first === SLASH_BYTE && isWordByte(bytes, at + 1, end)) return takePath(bytes, at, end, word);
  if (first === DOT_BYTE && at + 1 < end && bytes[at + 1] === DOT_BYTE) {
    word.end = at;
    word.next = skipDots(bytes, at, end);
    return;
  }

  // imported bindings are looked up at each use, locals are not: 1.3 times the speed for the whole scan
  const table = BYTE_CLASS;
  const primeA = PRIME_A;
  const primeB = PRIME_B;
  const noWord = DELIMITER_BYTE;
  const dot = DOT_BYTE;
  let a = SEED_A;
  let b = SEED_B;
  let classes = 0;
  let i = at;
  let beforeDotA = a;
  let beforeDotB = b;
  for (; i < end; i++) {
    const byte = bytes[i]!;
    const byteClass = table[byte]!;
    if (byteClass >= noWord) break;
    if (byte === dot) {
      if (i + 1 < end && bytes[i + 1] === DOT_BYTE) break;
      beforeDotA = a;
      beforeDotB = b;
    }
    classes |= byteClass;
    a = Math.imul(a ^ byte, primeA);
    b = Math.imul(b ^ byte, primeB);
  }
  if (i < end && bytes[i] === COLON) {
    if (i - at <= 4 && (classes & ~(DIGIT | HEX_LETTER)) === 0) {
      const runEnd = endOfHexRun(bytes, at, end);
      if (runEnd > 0) {
        word.next = endOfWord(bytes, runEnd, end);
        word.end = trimDots(bytes, at, word.next);
        return;
      }
    }
    const isUrl = i + 2 < end && bytes[i + 1] === SLASH_BYTE && bytes[i + 2] === SLASH_BYTE;
    if (isUrl && isWordByte(bytes, i + 3, end)) return takePath(bytes, at, end, word);
  }
  word.next = i;
  if (bytes[i - 1] === DOT_BYTE) {
    i--;
    a = beforeDotA;
    b = beforeDotB;
  }
  word.end = i;
  if ((classes & (DIGIT | SLASH | BACKSLASH | AT_SIGN | DOT)) !== 0 || classes === HEX_LETTER) {
    if (isValueWord(bytes, at, i, end, classes)) return;
  }
  word.isValue = false;
  word.a = mix(a) | 0;
  word.b = mix(b) | 0;
}

function isValueWord(
  bytes: Uint8Array,
  start: number,
  wordEnd: number,
  end: number,
  classes: number,
): boolean {
  if ((classes & DIGIT) !== 0) return true;
  const first = bytes[start]!;
  const hasLetter = (classes & LETTER) !== 0;
  if ((classes & SLASH) !== 0 && hasLetter && countByte(bytes, start, wordEnd, SLASH_BYTE) >= 2) return true;
  if (first === BACKSLASH_BYTE) return true;
  if ((classes & BACKSLASH) !== 0 && countByte(bytes, start, wordEnd, BACKSLASH_BYTE) >= 2) return true;
  if (
    (classes & ~DOT) === HEX_LETTER &&
    wordEnd - start >= 8 &&
    countByte(bytes, start, wordEnd, DOT_BYTE) === 0
  ) {
    return true;
  }
  if ((classes & AT_SIGN) !== 0 && first !== AT_BYTE) return true;
  if ((classes & DOT) === 0 || first === DOT_BYTE || countByte(bytes, start, wordEnd, DOT_BYTE) === 0)
    return false;
  if (wordEnd + 1 < end && bytes[wordEnd] === COLON && BYTE_CLASS[bytes[wordEnd + 1]!] === DIGIT) return true;
  return isHost(bytes, start, wordEnd);
}

/** Lower-case labels whose last is a listed ending, or whose last has two letters and the one before is listed. */
function isHost(bytes: Uint8Array, start: number, wordEnd: number): boolean {
  let a = SEED_A;
  let b = SEED_B;
  let labelStart = start;
  let isPreviousListed = false;
  for (let i = start; i < wordEnd; i++) {
    const byte = bytes[i]!;
    if (byte === DOT_BYTE) {
      if (i === labelStart) return false;
      isPreviousListed = isEnding(a, b);
      a = SEED_A;
      b = SEED_B;
      labelStart = i + 1;
      continue;
    }
    if ((byte < 97 || byte > 122) && byte !== 95 && byte !== 45) return false;
    a = Math.imul(a ^ byte, PRIME_A);
    b = Math.imul(b ^ byte, PRIME_B);
  }
  if (labelStart === wordEnd) return false;
  return isEnding(a, b) || (wordEnd - labelStart === 2 && isPreviousListed);
}

function isEnding(a: number, b: number): boolean {
  return (kindOfWord(mix(a) | 0, mix(b) | 0) & HOST_ENDING) !== 0;
}

/** End of the longest clock time, MAC or IPv6 address at `start`; 0 if there is none. */
function endOfHexRun(bytes: Uint8Array, start: number, end: number): number {
  let runEnd = 0;
  let runHasDigit = false;
  let hasDigit = false;
  let colons = 0;
  let i = start;
  for (;;) {
    const groupStart = i;
    while (i < end && i - groupStart < 4 && (BYTE_CLASS[bytes[i]!]! & (DIGIT | HEX_LETTER)) !== 0) {
      if (BYTE_CLASS[bytes[i]!] === DIGIT) hasDigit = true;
      i++;
    }
    if (i > groupStart && colons >= 2 && !isLetterOrDigitButZ(bytes, i, end)) {
      runEnd = i;
      runHasDigit = hasDigit;
    }
    if (i >= end || bytes[i] !== COLON || colons === MAX_RUN_COLONS) break;
    colons++;
    i++;
  }
  return runHasDigit || isMac(bytes, start, runEnd) ? runEnd : 0;
}

function isMac(bytes: Uint8Array, start: number, runEnd: number): boolean {
  if (runEnd - start !== 17) return false;
  for (let i = start + 2; i < runEnd; i += 3) if (bytes[i] !== COLON) return false;
  return countByte(bytes, start, runEnd, COLON) === 5;
}

function isLetterOrDigitButZ(bytes: Uint8Array, i: number, end: number): boolean {
  if (i >= end || bytes[i] === 90) return false;
  return (BYTE_CLASS[bytes[i]!]! & (DIGIT | LETTER)) !== 0;
}

function takePath(bytes: Uint8Array, at: number, end: number, word: ScannedWord): void {
  let i = at;
  for (; i < end; i++) {
    if ((BYTE_CLASS[bytes[i]!]! & NO_WORD_BYTE) === 0) continue;
    if (!isPathPunctuation(bytes[i]!) || !isWordByte(bytes, i + 1, end)) break;
  }
  word.next = i;
  word.end = trimDots(bytes, at, i);
}

function isPathPunctuation(byte: number): boolean {
  return byte === QUESTION || byte === EQUALS || byte === SEMICOLON || byte === EXCLAMATION || byte === COLON;
}

function endOfWord(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  while (isWordByte(bytes, i, end) && !(bytes[i] === DOT_BYTE && i + 1 < end && bytes[i + 1] === DOT_BYTE))
    i++;
  return i;
}

function skipDots(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  while (i < end && bytes[i] === DOT_BYTE) i++;
  return i;
}

function trimDots(bytes: Uint8Array, start: number, end: number): number {
  let i = end;
  while (i > start && bytes[i - 1] === DOT_BYTE) i--;
  return i;
}

function isWordByte(bytes: Uint8Array, i: number, end: number): boolean {
  return i < end && (BYTE_CLASS[bytes[i]!]! & NO_WORD_BYTE) === 0;
}

function countByte(bytes: Uint8Array, start: number, end: number, wanted: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (bytes[i] === wanted) count++;
  return count;
}
