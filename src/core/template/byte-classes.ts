// What each byte and each listed word means to the byte scanner: tables built once from the vocabulary,
// so that the scanner itself only looks up.

import { hashToken } from './shape-hash.js';
import {
  DATE_WORDS,
  DELIMITERS,
  HOST_ENDINGS,
  JOINERS,
  LITERALS,
  MESSAGE_KEYS,
  SIGNS,
  UNITS,
  USER_PREFIXES,
} from './vocabulary.js';

/** Byte classes, combined by OR over a word. */
export const DIGIT = 1;
export const HEX_LETTER = 2;
export const OTHER_LETTER = 4;
export const LETTER = HEX_LETTER | OTHER_LETTER;
export const SLASH = 8;
export const BACKSLASH = 16;
export const AT_SIGN = 32;
export const DOT = 64;
export const OTHER_WORD = 128;
export const DELIMITER_BYTE = 256;
export const SPACE_BYTE = 512;
export const NO_WORD_BYTE = DELIMITER_BYTE | SPACE_BYTE;

export const BYTE_CLASS = Uint16Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (byte <= 0x20 || byte === 0x7f) return SPACE_BYTE;
  if (DELIMITERS.includes(char)) return DELIMITER_BYTE;
  if (/[0-9]/.test(char)) return DIGIT;
  if (/[A-Fa-f]/.test(char)) return HEX_LETTER;
  if (/[A-Za-z]/.test(char)) return OTHER_LETTER;
  return { '/': SLASH, '\\': BACKSLASH, '@': AT_SIGN, '.': DOT }[char] ?? OTHER_WORD;
});

/** Token kinds: what it is, and which lists of the vocabulary hold it. */
export const WORD = 1;
export const VALUE = 2;
export const DELIMITER = 4;
export const JOINER = 8;
export const SIGN = 16;
export const DATE = 32;
export const UNIT = 64;
export const LITERAL = 128;
export const USER = 256;
export const USER_PREFIX = 512;
export const MESSAGE_KEY = 1024;
export const HOST_ENDING = 2048;

/** Hash and kind of each delimiter, by byte. */
export const DELIMITER_A = new Int32Array(128);
export const DELIMITER_B = new Int32Array(128);
export const DELIMITER_KIND = new Uint16Array(128);
for (const char of `${DELIMITERS}\n`) {
  const { a, b } = hashToken(char);
  const byte = char.charCodeAt(0);
  DELIMITER_A[byte] = a;
  DELIMITER_B[byte] = b;
  DELIMITER_KIND[byte] = DELIMITER | (JOINERS.includes(char) ? JOINER : 0);
}

const LISTS: readonly (readonly [readonly string[], number])[] = [
  [JOINERS, JOINER],
  [SIGNS, SIGN],
  [DATE_WORDS, DATE],
  [UNITS, UNIT],
  [LITERALS, LITERAL],
  [['user'], USER],
  [USER_PREFIXES, USER_PREFIX],
  [MESSAGE_KEYS, MESSAGE_KEY],
  [HOST_ENDINGS, HOST_ENDING],
];

/** Open addressing over the listed words; 1,024 cells for under 200 words. */
const CELL_MASK = 1023;
const cellA = new Int32Array(CELL_MASK + 1);
const cellB = new Int32Array(CELL_MASK + 1);
const cellKind = new Uint16Array(CELL_MASK + 1);
for (const [words, kind] of LISTS) {
  for (const word of words) {
    const { a, b } = hashToken(word);
    let cell = a & CELL_MASK;
    while (cellKind[cell] !== 0 && (cellA[cell] !== (a | 0) || cellB[cell] !== (b | 0)))
      cell = (cell + 1) & CELL_MASK;
    cellA[cell] = a;
    cellB[cell] = b;
    cellKind[cell] = cellKind[cell]! | kind;
  }
}

/** `WORD` and the lists that hold the word of this hash. */
export function kindOfWord(a: number, b: number): number {
  let cell = a & CELL_MASK;
  while (cellKind[cell] !== 0) {
    if (cellA[cell] === a && cellB[cell] === b) return WORD | cellKind[cell]!;
    cell = (cell + 1) & CELL_MASK;
  }
  return WORD;
}
