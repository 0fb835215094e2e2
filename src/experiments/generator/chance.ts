// Chance that does not depend on what was drawn before: every request, job and plan has a random stream of its own,
// derived from the seed and its number. So an anomaly in one request changes no other, and a restart needs no history.

import { createRandom, type Random, type RandomState } from '../../core/random.js';

/** What a stream is for; a stream and an index name one random stream. */
export const STREAM = {
  arrivals: 1,
  request: 2,
  noise: 3,
  periodic: 4,
  anomaly: 5,
  effect: 6,
  deploy: 7,
  burst: 8,
  maintenance: 9,
  job: 10,
  surge: 11,
} as const;

/** Four words from the seed's text, made once per generator. */
export function seedWords(seed: string): RandomState {
  return createRandom(seed).snapshot();
}

/**
 * The random stream number `index` (and `part` of it) of one purpose.
 *
 * @param index whole number, 0 to 2^32 - 1
 */
export function deriveRandom(seed: RandomState, stream: number, index: number, part = 0): Random {
  const salt = mix(Math.imul(stream, 0x9e3779b1) ^ mix(index ^ Math.imul(part + 1, 0x85ebca6b)));
  return createRandom([
    mix(seed[0] ^ salt),
    mix(seed[1] + Math.imul(salt, 0xc2b2ae35)),
    mix(seed[2] ^ mix(salt ^ index)),
    mix(seed[3] + salt + part),
  ]);
}

/** One standard normal that belongs to a place on a grid: the knots of smooth noise. */
export function normalAt(seed: RandomState, stream: number, index: number, part: number): number {
  return deriveRandom(seed, stream, index, part).normal();
}

function mix(word: number): number {
  // the finalizer of MurmurHash3 (Appleby): every bit of the input reaches every bit of the output
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
