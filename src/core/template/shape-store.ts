// The miner's memory: one entry for each shape, bounded for each source and over all.
// At the limit, entries are merged first, since a flood of shapes is often one template; then the rarest go.

import type { BodyScanner } from './body-scanner.js';
import { countMessage, createEntry, entryTokens, mergeEntries, type ShapeEntry } from './shape-entry.js';
import { createShapeTable } from './shape-table.js';
import { createSlotIndex, createSlotPattern, type SlotPattern } from './slot-index.js';

export interface ShapeStore {
  /** Counts the message that the scanner has just scanned. */
  add(scanner: BodyScanner, source: string): void;
  entries(): readonly ShapeEntry[];
  /** Messages of entries that were given up. */
  overflowCount(): number;
}

/** All sources together may keep so many times the shapes of one. */
const SOURCES_AT_FULL_SIZE = 4;
/** Sources counted apart; further ones share one allowance, so that a million sources cost no memory either. */
const MAX_SOURCES = 4096;
const SHARED_SOURCE = '';
/** If a merge leaves more than this share, the rarest go down to half, and the next merges are skipped: 3, 15, 63, … */
const KEPT_AFTER_MERGE = 0.75;
const MAX_MERGES_SKIPPED = 255;

export function createShapeStore(maxShapesPerSource: number): ShapeStore {
  const maxShapes = maxShapesPerSource * SOURCES_AT_FULL_SIZE;
  let entries: ShapeEntry[] = [];
  let table = createShapeTable();
  let slotIndex = createSlotIndex([]);
  let sizes = new Map<string, number>();
  let overflowCount = 0;
  let mergesToSkip = 0;
  let lastSkipped = 0;

  return {
    add(scanner, source) {
      const { shape } = scanner;
      let index = table.find(shape.a, shape.b);
      if (index < 0) index = slotIndex.find(shape);
      if (index >= 0) return countMessage(entries[index]!, scanner);

      const owner = sizes.has(source) || sizes.size < MAX_SOURCES ? source : SHARED_SOURCE;
      makeRoom(owner);
      table.set(shape.a, shape.b, entries.push(createEntry(scanner, owner)) - 1);
      sizes.set(owner, (sizes.get(owner) ?? 0) + 1);
    },
    entries: () => entries,
    overflowCount: () => overflowCount,
  };

  function makeRoom(source: string): void {
    if (!isAbove(source, 1)) return;
    if (mergesToSkip > 0) mergesToSkip--;
    else mergeAll();
    // a quarter at least is given up at once, so that it costs little for each message
    if (isAbove(source, KEPT_AFTER_MERGE)) {
      giveUpRarest((entry) => entry.source === source, maxShapesPerSource / 2);
      giveUpRarest(() => true, maxShapes / 2);
    }
  }

  function isAbove(source: string, share: number): boolean {
    return entries.length >= share * maxShapes || (sizes.get(source) ?? 0) >= share * maxShapesPerSource;
  }

  function mergeAll(): void {
    const before = entries.length;
    replaceEntries(mergeEntries(entries).map(({ entry }) => entry));
    mergesToSkip =
      entries.length > before * KEPT_AFTER_MERGE ? Math.min(4 * lastSkipped + 3, MAX_MERGES_SKIPPED) : 0;
    lastSkipped = mergesToSkip;
  }

  function giveUpRarest(isCandidate: (entry: ShapeEntry) => boolean, keep: number): void {
    const candidates = entries.filter(isCandidate);
    if (candidates.length <= keep) return;
    candidates.sort((x, y) => x.count - y.count || x.hash.a - y.hash.a || x.hash.b - y.hash.b);
    const given = new Set(candidates.slice(0, candidates.length - Math.floor(keep)));
    for (const { count } of given) overflowCount += count;
    replaceEntries(entries.filter((entry) => !given.has(entry)));
  }

  function replaceEntries(next: ShapeEntry[]): void {
    entries = next;
    table = createShapeTable();
    sizes = new Map();
    const patterns: SlotPattern[] = [];
    entries.forEach((entry, index) => {
      sizes.set(entry.source, (sizes.get(entry.source) ?? 0) + 1);
      if (entry.slots.length === 0) table.set(entry.hash.a, entry.hash.b, index);
      else patterns.push(createSlotPattern(entryTokens(entry), entry.slots, index));
    });
    slotIndex = createSlotIndex(patterns);
  }
}
