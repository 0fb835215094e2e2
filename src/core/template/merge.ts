// Offline merge of shapes into templates ("shape, then merge"): where many shapes differ in one word only,
// that word is a variable. It works on the set of shapes with their counts, so the order of lines is no input.

import { absorbCovered, handOnSlots, uniteEqual } from './merge-cover.js';
import { createLexicon, createPattern, type Lexicon, type Pattern } from './merge-pattern.js';
import { mergeOneSlot, mergeTwoSlots } from './merge-slots.js';

export interface CountedShape {
  /** Token texts, `<*>` for values and slots. */
  readonly tokens: readonly string[];
  /** Positions that an earlier merge made variable. */
  readonly slots: readonly number[];
  /** Messages. */
  readonly count: number;
}

export interface MergedTemplate extends CountedShape {
  /** Indices of the given shapes that it stands for, ascending. */
  readonly members: readonly number[];
}

/** A variable found in one round can show another in the next; real logs settle in two or three. */
const MAX_ROUNDS = 8;

/**
 * @param shapes each token sequence once, in any order
 * @returns templates in the order of their token texts; every shape is a member of exactly one
 */
export function mergeShapes(shapes: readonly CountedShape[]): MergedTemplate[] {
  const lexicon = createLexicon();
  const byLength = new Map<number, Pattern[]>();
  shapes.forEach(({ tokens, slots, count }, index) => {
    const pattern = createPattern(
      lexicon,
      Int32Array.from(tokens, (token) => lexicon.numberOf(token)),
      { slots, count, members: [index] },
    );
    const sameLength = byLength.get(tokens.length);
    if (sameLength === undefined) byLength.set(tokens.length, [pattern]);
    else sameLength.push(pattern);
  });

  const templates = [...byLength.values()].flatMap((patterns) => [...mergeSameLength(lexicon, patterns)]);
  return templates
    .map((pattern) => ({ pattern, tokens: Array.from(pattern.tokens, (token) => lexicon.words[token]!) }))
    .map(({ pattern, tokens }) => ({ pattern, tokens, text: tokens.join(' ') }))
    .sort((x, y) => compareText(x.text, y.text))
    .map(({ pattern: { slots, count, members }, tokens }) => ({
      tokens,
      slots,
      count,
      members: [...members].sort((x, y) => x - y),
    }));
}

function mergeSameLength(lexicon: Lexicon, shapes: readonly Pattern[]): readonly Pattern[] {
  let patterns = shapes;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = patterns;
    patterns = uniteEqual(lexicon, mergeOneSlot(lexicon, patterns));
    if (patterns === before) patterns = uniteEqual(lexicon, mergeTwoSlots(lexicon, patterns));
    patterns = absorbCovered(lexicon, patterns);
    if (patterns === before) patterns = uniteEqual(lexicon, handOnSlots(lexicon, patterns));
    if (patterns === before) break;
  }
  return absorbCovered(lexicon, patterns);
}

function compareText(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
