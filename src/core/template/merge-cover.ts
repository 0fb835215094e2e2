// What a template with slots does to its neighbours: it takes in what it covers, and hands its slots on to
// templates that differ from it in one word, since what varies in one varies in the other.

import {
  canVary,
  countConstantWords,
  maskedKey,
  unite,
  VALUE,
  type Lexicon,
  type Pattern,
} from './merge-pattern.js';

/** Fixed words that a template must have before its slots are handed on. */
const MIN_WORDS_TO_HAND_ON = 4;
/** Beyond so many look-ups for one length, slots are not handed on. */
const MAX_HAND_ON_WORK = 20_000_000;

/** Takes every pattern that a slot template covers into it; of several, the one with the fewest slots. */
export function absorbCovered(lexicon: Lexicon, patterns: readonly Pattern[]): readonly Pattern[] {
  const bySlots = groupBySlots(patterns);
  if (bySlots.size === 0) return patterns;
  const taken = new Map<Pattern, Pattern[]>();
  const rest: Pattern[] = [];
  const layers = [...bySlots.values()].map((layer) => ({
    slots: layer[0]!.slots,
    byKey: new Map(layer.map((pattern) => [maskedKey(lexicon, pattern, pattern.slots), pattern])),
  }));
  for (const pattern of patterns) {
    const cover = layers
      .filter(({ slots }) => slots.every((slot) => canVary(lexicon, pattern, slot)))
      .map(({ slots, byKey }) => byKey.get(maskedKey(lexicon, pattern, slots)))
      .find((template) => template !== undefined && template !== pattern && isNarrower(template, pattern));
    if (cover === undefined) rest.push(pattern);
    else {
      const list = taken.get(cover);
      if (list === undefined) taken.set(cover, [pattern]);
      else list.push(pattern);
    }
  }
  if (taken.size === 0) return patterns;
  // what was taken can itself have taken others: follow to the one that stays
  const collect = (pattern: Pattern): Pattern[] => [pattern, ...(taken.get(pattern) ?? []).flatMap(collect)];
  return rest.map((pattern) =>
    taken.has(pattern) ? unite(lexicon, collect(pattern), pattern.slots) : pattern,
  );
}

/** Gives each pattern the slots of the most frequent slot template that differs from it in one word only. */
export function handOnSlots(lexicon: Lexicon, patterns: readonly Pattern[]): readonly Pattern[] {
  const bySlots = groupBySlots(
    patterns.filter((p) => countConstantWords(lexicon, p, []) >= MIN_WORDS_TO_HAND_ON),
  );
  const length = patterns[0]?.tokens.length ?? 0;
  if (bySlots.size === 0 || bySlots.size * length * patterns.length > MAX_HAND_ON_WORK) return patterns;

  const donors = new Map<Pattern, Pattern>();
  for (const layer of bySlots.values()) {
    const { slots } = layer[0]!;
    for (let i = 0; i < length; i++) {
      if (slots.includes(i)) continue;
      const byKey = new Map<number, Pattern>();
      for (const donor of layer) {
        if (donor.tokens[i] === VALUE || !canVary(lexicon, donor, i)) continue;
        const key = maskedKey(lexicon, donor, slots, i);
        byKey.set(key, moreFrequent(byKey.get(key), donor));
      }
      for (const pattern of patterns) {
        if (pattern.tokens[i] === VALUE || slots.every((slot) => pattern.slots.includes(slot))) continue;
        if (!canVary(lexicon, pattern, i) || !slots.every((slot) => canVary(lexicon, pattern, slot)))
          continue;
        const donor = byKey.get(maskedKey(lexicon, pattern, slots, i));
        if (donor !== undefined) donors.set(pattern, moreFrequent(donors.get(pattern), donor));
      }
    }
  }
  if (donors.size === 0) return patterns;
  return patterns.map((pattern) => {
    const donor = donors.get(pattern);
    return donor === undefined ? pattern : unite(lexicon, [pattern], donor.slots);
  });
}

/** Unites patterns whose tokens have become equal. */
export function uniteEqual(lexicon: Lexicon, patterns: readonly Pattern[]): readonly Pattern[] {
  const byKey = new Map<number, Pattern[]>();
  for (const pattern of patterns) {
    const key = maskedKey(lexicon, pattern, []);
    const equal = byKey.get(key);
    if (equal === undefined) byKey.set(key, [pattern]);
    else equal.push(pattern);
  }
  if (byKey.size === patterns.length) return patterns;
  return [...byKey.values()].map((equal) => (equal.length === 1 ? equal[0]! : unite(lexicon, equal, [])));
}

/** Slot templates by their slots, fewest slots first, then by position. */
function groupBySlots(patterns: readonly Pattern[]): Map<string, Pattern[]> {
  const groups = new Map<string, Pattern[]>();
  for (const pattern of patterns) {
    if (pattern.slots.length === 0) continue;
    const key = pattern.slots.join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pattern]);
    else group.push(pattern);
  }
  const sorted = [...groups].sort(
    ([x, [p]], [y, [q]]) => p!.slots.length - q!.slots.length || (x < y ? -1 : 1),
  );
  return new Map(sorted);
}

/** Of a pattern that the template covers: it is equal, or has a word where the template has none. */
function isNarrower(template: Pattern, pattern: Pattern): boolean {
  return pattern.a !== template.a || pattern.b !== template.b;
}

/** Order-free choice: the greater count, then the smaller hash. */
function moreFrequent(x: Pattern | undefined, y: Pattern): Pattern {
  if (x === undefined || y.count > x.count) return y;
  if (y.count < x.count) return x;
  return x.a < y.a || (x.a === y.a && x.b <= y.b) ? x : y;
}
