// The working form of a shape while merging: token numbers and additive hashes, so that "equal but for
// these positions" is a subtraction and a map look-up, whatever the number of shapes.

import { COEFFICIENT_A, COEFFICIENT_B, hashToken, VALUE_HASH } from './shape-hash.js';
import { SLOT } from './shape.js';
import { DELIMITERS } from './vocabulary.js';

/** Number of the token `<*>`, a value or a learned slot. */
export const VALUE = 0;

export interface Pattern {
  /** Token numbers of the lexicon; `VALUE` at slots. */
  readonly tokens: Int32Array;
  /** Additive hash of all tokens. */
  readonly a: number;
  readonly b: number;
  /** Sorted positions where any word or value may stand; values found by the scanner are not listed. */
  readonly slots: readonly number[];
  /** Messages. */
  readonly count: number;
  /** Indices of the shapes that it covers. */
  readonly members: readonly number[];
}

export interface Lexicon {
  /** Text of each token by number. */
  readonly words: string[];
  readonly hashA: number[];
  readonly hashB: number[];
  /** Whether the token can vary at all: delimiters and exception types cannot. */
  readonly isDelimiter: boolean[];
  readonly isCapitals: boolean[];
  numberOf(token: string): number;
}

export function createLexicon(): Lexicon {
  const numbers = new Map<string, number>([[SLOT, VALUE]]);
  const lexicon: Lexicon = {
    words: [SLOT],
    hashA: [VALUE_HASH.a],
    hashB: [VALUE_HASH.b],
    isDelimiter: [false],
    isCapitals: [false],
    numberOf(token) {
      const known = numbers.get(token);
      if (known !== undefined) return known;
      const number = lexicon.words.push(token) - 1;
      numbers.set(token, number);
      const { a, b } = hashToken(token);
      lexicon.hashA.push(a);
      lexicon.hashB.push(b);
      lexicon.isDelimiter.push(isDelimiterText(token));
      lexicon.isCapitals.push(/^[A-Z][A-Z_-]+$/.test(token));
      return number;
    },
  };
  return lexicon;
}

export function isDelimiterText(token: string): boolean {
  return token.length === 1 && (DELIMITERS.includes(token) || token === '\n');
}

export function createPattern(
  lexicon: Lexicon,
  tokens: Int32Array,
  rest: Pick<Pattern, 'slots' | 'count' | 'members'>,
): Pattern {
  let a = 0;
  let b = 0;
  for (let i = 0; i < tokens.length; i++) {
    a = (a + Math.imul(lexicon.hashA[tokens[i]!]!, COEFFICIENT_A[i]!)) | 0;
    b = (b + Math.imul(lexicon.hashB[tokens[i]!]!, COEFFICIENT_B[i]!)) | 0;
  }
  return { tokens, a, b, ...rest };
}

/** 53 bits of the hash of what stays when the given positions are masked. Patterns compared must be of one length. */
export function maskedKey(
  lexicon: Lexicon,
  pattern: Pattern,
  positions: readonly number[],
  also = -1,
): number {
  let { a, b } = pattern;
  const { tokens } = pattern;
  for (const i of positions) {
    a = (a - Math.imul(lexicon.hashA[tokens[i]!]!, COEFFICIENT_A[i]!)) | 0;
    b = (b - Math.imul(lexicon.hashB[tokens[i]!]!, COEFFICIENT_B[i]!)) | 0;
  }
  if (also >= 0) {
    a = (a - Math.imul(lexicon.hashA[tokens[also]!]!, COEFFICIENT_A[also]!)) | 0;
    b = (b - Math.imul(lexicon.hashB[tokens[also]!]!, COEFFICIENT_B[also]!)) | 0;
  }
  return (a >>> 0) * 2_097_152 + (b >>> 11);
}

/** Whether a learned slot may stand at a position: no delimiter, no exception type. */
export function canVary(lexicon: Lexicon, pattern: Pattern, i: number): boolean {
  const before = pattern.tokens[i - 1];
  return !lexicon.isDelimiter[pattern.tokens[i]!] && (before === undefined || lexicon.words[before] !== '\n');
}

/** How many words of a pattern stay fixed when the given positions are variable. */
export function countConstantWords(lexicon: Lexicon, pattern: Pattern, without: readonly number[]): number {
  let words = 0;
  for (let i = 0; i < pattern.tokens.length; i++) {
    const token = pattern.tokens[i]!;
    if (token !== VALUE && !lexicon.isDelimiter[token] && !without.includes(i)) words++;
  }
  return words;
}

/** One pattern for many that are equal but for `slots`. */
export function unite(lexicon: Lexicon, patterns: readonly Pattern[], slots: readonly number[]): Pattern {
  const all = new Set(slots);
  for (const pattern of patterns) for (const slot of pattern.slots) all.add(slot);
  const tokens = patterns[0]!.tokens.slice();
  for (const slot of all) tokens[slot] = VALUE;
  return createPattern(lexicon, tokens, {
    slots: [...all].sort((x, y) => x - y),
    count: patterns.reduce((sum, pattern) => sum + pattern.count, 0),
    members: patterns.flatMap((pattern) => pattern.members),
  });
}
