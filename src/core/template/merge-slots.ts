// Where shapes differ in one or two words only: is that a variable, or an enumeration of different events?
// The rule asks for more distinct values the more often each was seen, and the less fixed text there is around.

import { createGrouper, type Grouper } from './merge-groups.js';
import {
  canVary,
  countConstantWords,
  maskedKey,
  unite,
  VALUE,
  type Lexicon,
  type Pattern,
} from './merge-pattern.js';

/** Beyond so many pattern × pair combinations of one length, the search for two slots at once is left out. */
const MAX_PAIR_WORK = 20_000_000;
/** Distinct shapes, and distinct values at either place, before two places are made variable at once. */
const MIN_PAIR_VALUES = 10;

interface Group {
  readonly slots: readonly number[];
  readonly patterns: readonly number[];
}

/**
 * One pass: unites patterns that are equal but for one word, largest groups first.
 *
 * @param patterns all of one length, no two with equal tokens
 * @returns the same array if nothing was united
 */
export function mergeOneSlot(lexicon: Lexicon, patterns: readonly Pattern[]): readonly Pattern[] {
  const length = patterns[0]?.tokens.length ?? 0;
  const groups: Group[] = [];
  const grouper = createGrouper(patterns.length);
  for (let i = 0; i < length; i++) {
    for (const group of groupsEqualBut(lexicon, patterns, [i], grouper, 3)) {
      if (isVariable(lexicon, membersOf(group, patterns), i)) groups.push(group);
    }
  }
  return uniteGroups(lexicon, patterns, groups, (members, [i]) => isVariable(lexicon, members, i!));
}

/** As `mergeOneSlot`, for shapes that differ in two words at once because hardly any pair of values came twice. */
export function mergeTwoSlots(lexicon: Lexicon, patterns: readonly Pattern[]): readonly Pattern[] {
  const places = variedPositions(patterns);
  if ((patterns.length * places.length * places.length) / 2 > MAX_PAIR_WORK) return patterns;
  const groups: Group[] = [];
  const grouper = createGrouper(patterns.length);
  for (const i of places) {
    for (const j of places) {
      if (j <= i) continue;
      for (const group of groupsEqualBut(lexicon, patterns, [i, j], grouper, MIN_PAIR_VALUES)) {
        if (areVariable(lexicon, membersOf(group, patterns), i, j)) groups.push(group);
      }
    }
  }
  return uniteGroups(lexicon, patterns, groups, (members, [i, j]) => areVariable(lexicon, members, i!, j!));
}

/** Positions with enough different tokens over all patterns to be one of two slots. */
function variedPositions(patterns: readonly Pattern[]): number[] {
  const positions = Array.from(patterns[0]?.tokens ?? [], (_, i) => i);
  return positions.filter((i) => {
    const seen = new Set<number>();
    return patterns.some(({ tokens }) => seen.add(tokens[i]!).size >= MIN_PAIR_VALUES);
  });
}

/** The rule for one slot. Heaps' law: the values of a true variable keep growing with the lines seen. */
function isVariable(lexicon: Lexicon, patterns: readonly Pattern[], i: number): boolean {
  const constantWords = countConstantWords(lexicon, patterns[0]!, [i]);
  if (constantWords === 0) return false;
  // a value among the words: the place is known to vary already
  if (patterns.some((pattern) => pattern.tokens[i] === VALUE)) return patterns.length >= 3;

  let lines = 0;
  let once = 0;
  let rarest = Infinity;
  let capitals = 0;
  for (const { count, tokens } of patterns) {
    lines += count;
    if (count === 1) once++;
    rarest = Math.min(rarest, count);
    if (lexicon.isCapitals[tokens[i]!]) capitals++;
  }
  let needed = Math.max(3, Math.ceil(0.55 * Math.log2(lines + 1)));
  if (once >= patterns.length / 2) needed = 3;
  else if (rarest >= 5) needed *= 2; // every value seen often: a closed set of states
  needed *= constantWords >= 3 ? 1 : constantWords === 2 ? 2 : 4;
  if (capitals > patterns.length / 2) needed *= 4; // names of states, commands, signals
  return patterns.length >= needed;
}

function areVariable(lexicon: Lexicon, patterns: readonly Pattern[], i: number, j: number): boolean {
  if (patterns.length < MIN_PAIR_VALUES || countConstantWords(lexicon, patterns[0]!, [i, j]) < 3)
    return false;
  const distinct = (at: number): number => new Set(patterns.map(({ tokens }) => tokens[at])).size;
  return distinct(i) >= MIN_PAIR_VALUES && distinct(j) >= MIN_PAIR_VALUES;
}

function groupsEqualBut(
  lexicon: Lexicon,
  patterns: readonly Pattern[],
  slots: readonly number[],
  grouper: Grouper,
  least: number,
): Group[] {
  const keys = new Float64Array(patterns.length);
  for (let p = 0; p < patterns.length; p++) {
    const pattern = patterns[p]!;
    keys[p] = slots.every((slot) => canVary(lexicon, pattern, slot))
      ? maskedKey(lexicon, pattern, slots)
      : NaN;
  }
  return grouper.groups(keys, least).map((members) => ({ slots, patterns: members }));
}

/** Unites what each group still has once the larger ones took their share. */
function uniteGroups(
  lexicon: Lexicon,
  patterns: readonly Pattern[],
  groups: readonly Group[],
  isStillVariable: (members: readonly Pattern[], slots: readonly number[]) => boolean,
): readonly Pattern[] {
  if (groups.length === 0) return patterns;
  // groups of one place have no pattern in common, so a stable sort leaves nothing to the order of patterns
  const sorted = [...groups].sort((x, y) => y.patterns.length - x.patterns.length);
  const isUnited = new Uint8Array(patterns.length);
  const united: Pattern[] = [];
  for (const { patterns: indices, slots } of sorted) {
    const left = indices.filter((index) => isUnited[index] === 0);
    const members = left.map((index) => patterns[index]!);
    if (members.length < indices.length && (members.length < 3 || !isStillVariable(members, slots))) continue;
    for (const index of left) isUnited[index] = 1;
    united.push(unite(lexicon, members, slots));
  }
  return [...patterns.filter((_, index) => isUnited[index] === 0), ...united];
}

function membersOf(group: Group, patterns: readonly Pattern[]): Pattern[] {
  return group.patterns.map((index) => patterns[index]!);
}
