// The token stack of the byte scanner: tokens in typed arrays, and the rules by which values fold into one.
// Everything looks back only, so a message is scanned in one pass and nothing is allocated.

import { DATE, DELIMITER_A, DELIMITER_B, DELIMITER_KIND, JOINER, SIGN, VALUE } from './byte-classes.js';
import { ROUND_OPEN } from './byte-names.js';
import {
  COEFFICIENT_A,
  COEFFICIENT_B,
  COUNT_A,
  COUNT_B,
  PRIME_B,
  TOKEN_CAPACITY,
  VALUE_HASH,
} from './shape-hash.js';

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
  /** Of a delimiter: its byte; 0 for words and values. */
  readonly char: Uint8Array;
  /** Byte offsets into the scanned bytes, half open. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Of a value: hash of what stood between and after its parts. Equal layouts have equal glue. */
  readonly glue: Int32Array;
}

/** What `glue` is made of, besides the hashes of joiners and units. */
const GLUE_SPACE = 1;
const GLUE_DATE = 2;
const GLUE_OPEN = 3;
const GLUE_CLOSE = 4;
const GLUE_EMPTY = 5;

const VALUE_A = VALUE_HASH.a | 0;
const VALUE_B = VALUE_HASH.b | 0;

export function createByteShape(): ByteShape {
  return {
    length: 0,
    a: 0,
    b: 0,
    hasNewline: false,
    tokenA: new Int32Array(TOKEN_CAPACITY),
    tokenB: new Int32Array(TOKEN_CAPACITY),
    kind: new Uint16Array(TOKEN_CAPACITY),
    char: new Uint8Array(TOKEN_CAPACITY),
    start: new Int32Array(TOKEN_CAPACITY),
    end: new Int32Array(TOKEN_CAPACITY),
    glue: new Int32Array(TOKEN_CAPACITY),
  };
}

export function pushToken(
  shape: ByteShape,
  kind: number,
  a: number,
  b: number,
  start: number,
  end: number,
): void {
  const n = shape.length++;
  shape.kind[n] = kind;
  shape.char[n] = 0;
  shape.tokenA[n] = a;
  shape.tokenB[n] = b;
  shape.start[n] = start;
  shape.end[n] = end;
  shape.glue[n] = 0;
}

export function pushDelimiter(shape: ByteShape, byte: number, at: number): void {
  pushToken(shape, DELIMITER_KIND[byte]!, DELIMITER_A[byte]!, DELIMITER_B[byte]!, at, at + 1);
  shape.char[shape.length - 1] = byte;
}

/** Pushes a value, or folds it into the value before it. */
export function pushValue(shape: ByteShape, start: number, end: number): void {
  const { kind } = shape;
  let n = shape.length;
  let from = start;
  let hasDate = false;
  while (n > 0 && (kind[n - 1]! & DATE) !== 0) {
    from = shape.start[--n]!;
    hasDate = true;
  }
  if (n > 0 && (kind[n - 1]! & SIGN) !== 0 && (n === 1 || kind[n - 2] !== VALUE)) from = shape.start[--n]!;
  if (n > 0 && kind[n - 1] === VALUE) fold(shape, n, GLUE_SPACE, hasDate, end);
  else if (n > 1 && (kind[n - 1]! & JOINER) !== 0 && kind[n - 2] === VALUE) {
    fold(shape, n - 1, shape.tokenA[n - 1]!, hasDate, end);
  } else {
    shape.length = n;
    pushToken(shape, VALUE, VALUE_A, VALUE_B, from, end);
    if (hasDate) shape.glue[n] = step(0, GLUE_DATE);
  }
}

/** Takes a unit word into the value on top. */
export function absorbUnit(shape: ByteShape, unitHash: number, end: number): void {
  const top = shape.length - 1;
  shape.end[top] = end;
  shape.glue[top] = step(shape.glue[top]!, unitHash);
}

/** A parenthesis that holds a value or nothing, after a value, is optional and no structure: it joins that value. */
export function dropParenthesis(shape: ByteShape, at: number): boolean {
  const { kind, glue, length } = shape;
  const inner = length > 0 && kind[length - 1] === VALUE ? 1 : 0;
  const open = length - 1 - inner;
  if (open < 1 || shape.char[open] !== ROUND_OPEN || kind[open - 1] !== VALUE) return false;
  const content = inner === 1 ? glue[length - 1]! : GLUE_EMPTY;
  shape.length = open;
  shape.end[open - 1] = at + 1;
  glue[open - 1] = step(step(step(glue[open - 1]!, GLUE_OPEN), content), GLUE_CLOSE);
  return true;
}

/** Sets the shape's hash from its tokens. */
export function hashTokens(shape: ByteShape): void {
  const { length, tokenA, tokenB } = shape;
  const coefficientA = COEFFICIENT_A;
  const coefficientB = COEFFICIENT_B;
  let a = Math.imul(length, COUNT_A);
  let b = Math.imul(length, COUNT_B);
  for (let i = 0; i < length; i++) {
    a = (a + Math.imul(tokenA[i]!, coefficientA[i]!)) | 0;
    b = (b + Math.imul(tokenB[i]!, coefficientB[i]!)) | 0;
  }
  shape.a = a;
  shape.b = b;
}

/** Folds a value into the one that is the top of a stack of `length`. */
function fold(shape: ByteShape, length: number, joiner: number, hasDate: boolean, end: number): void {
  shape.length = length;
  shape.end[length - 1] = end;
  const joined = step(shape.glue[length - 1]!, joiner);
  shape.glue[length - 1] = hasDate ? step(joined, GLUE_DATE) : joined;
}

function step(hash: number, by: number): number {
  return (Math.imul(hash ^ by, PRIME_B) + 1) | 0;
}
