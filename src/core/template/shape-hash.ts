// Two 32-bit hashes of a shape, additive over its tokens, so that a slot can be masked out by one subtraction
// and a look-up with slots costs as many operations as there are slots.

import { MAX_TOKENS } from './vocabulary.js';

const encoder = new TextEncoder();

/** Two unsigned 32-bit words. 64 bits: 100,000 shapes collide with a chance of 3e-10. */
export interface ShapeHash {
  readonly a: number;
  readonly b: number;
}

/** Start values and multipliers of the two byte hashes (FNV-1a; the second with a multiplier of its own). */
export const SEED_A = 0x811c9dc5 | 0;
export const SEED_B = 0x2f0b4c47;
export const PRIME_A = 0x01000193;
export const PRIME_B = 0x85ebca6b | 0;

/** A head's last pair may go one over, and two tokens follow for each exception type. */
export const TOKEN_CAPACITY = MAX_TOKENS + 16;

/** Odd coefficient of each token position, by hash. */
export const COEFFICIENT_A = coefficients(0x1b873593);
export const COEFFICIENT_B = coefficients(0x52dce729);
/** Coefficient of the token count: keeps a shape apart from its own beginning. */
export const COUNT_A = 0x9e3779b1 | 0;
export const COUNT_B = 0x7feb352d;

/** The token of any value. No word has this hash by construction of the text: it holds a space. */
export const VALUE_HASH: ShapeHash = hashToken('a value');

/** Hash of one token's UTF-8 bytes, well mixed. */
export function hashToken(token: string): ShapeHash {
  let a = SEED_A;
  let b = SEED_B;
  for (const byte of encoder.encode(token)) {
    a = Math.imul(a ^ byte, PRIME_A);
    b = Math.imul(b ^ byte, PRIME_B);
  }
  return { a: mix(a), b: mix(b) };
}

/** Hash of a shape given its tokens' hashes, in order; at most `TOKEN_CAPACITY`. */
export function hashShape(tokens: readonly ShapeHash[]): ShapeHash {
  let a = Math.imul(tokens.length, COUNT_A);
  let b = Math.imul(tokens.length, COUNT_B);
  tokens.forEach((token, i) => {
    a = (a + Math.imul(token.a, COEFFICIENT_A[i]!)) | 0;
    b = (b + Math.imul(token.b, COEFFICIENT_B[i]!)) | 0;
  });
  return { a: a >>> 0, b: b >>> 0 };
}

/** Finaliser of MurmurHash3 (Appleby): every input bit reaches every output bit. */
export function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function coefficients(seed: number): Int32Array {
  return Int32Array.from({ length: TOKEN_CAPACITY }, (_, i) => mix(Math.imul(i + 1, 0x9e3779b1) ^ seed) | 1);
}
