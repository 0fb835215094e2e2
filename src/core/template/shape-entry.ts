// What the miner keeps of one shape: how often it came, its smallest message and the habits of its values.
// Counts, minima and "all equal" come out the same in any order of messages.

import type { BodyScanner } from './body-scanner.js';
import { mergeShapes } from './merge.js';
import type { ShapeHash } from './shape-hash.js';
import { scanShape, SLOT } from './shape.js';
import { firstHabits, observeHabits, uniteHabits, type Habit } from './value-habits.js';

export interface ShapeEntry {
  /** Of the shape; not meaningful once there are slots. */
  readonly hash: ShapeHash;
  /** Learned slots: empty for a shape as scanned. */
  readonly slots: readonly number[];
  /** Who sent the first message of this shape: whose share of memory it takes. */
  readonly source: string;
  /** The smallest canonical text seen, by UTF-16 units. */
  example: string;
  count: number;
  readonly habits: Habit[];
}

/** A template as merging leaves it. */
export interface MergedEntry {
  readonly entry: ShapeEntry;
  readonly tokens: readonly string[];
  /** Indices of the entries that it stands for. */
  readonly members: readonly number[];
}

/** @param scanner has just scanned the first message */
export function createEntry(scanner: BodyScanner, source: string): ShapeEntry {
  const { shape, bytes } = scanner;
  return {
    hash: { a: shape.a, b: shape.b },
    slots: [],
    source,
    example: scanner.text(),
    count: 1,
    habits: firstHabits(shape, bytes),
  };
}

/** Takes the message that the scanner has just scanned into its entry. */
export function countMessage(entry: ShapeEntry, scanner: BodyScanner): void {
  entry.count++;
  if (entry.habits.length > 0) observeHabits(entry.habits, scanner.shape, scanner.bytes);
  if (!scanner.mayPrecede(entry.example)) return;
  const text = scanner.text();
  if (text < entry.example) entry.example = text;
}

/** Merges entries into templates; the result depends on the set of entries only. */
export function mergeEntries(entries: readonly ShapeEntry[]): MergedEntry[] {
  const shapes = entries.map((entry) => ({
    tokens: entryTokens(entry),
    slots: entry.slots,
    count: entry.count,
  }));
  return mergeShapes(shapes).map(({ tokens, slots, count, members }) => {
    const parts = members.map((index) => entries[index]!);
    const first = parts.reduce((x, y) => (y.example < x.example ? y : x));
    const habits = uniteHabits(
      parts.map((entry) => entry.habits),
      slots,
    );
    const { hash, source, example } = first;
    return { entry: { hash, slots, source, example, count, habits }, tokens, members };
  });
}

/** The entry's tokens, `<*>` for values and slots. */
export function entryTokens({ example, slots }: ShapeEntry): string[] {
  const tokens = scanShape(example).map((token) => token.text);
  for (const slot of slots) tokens[slot] = SLOT;
  return tokens;
}
