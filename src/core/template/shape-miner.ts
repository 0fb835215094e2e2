// Learns templates by "shape, then merge": counts shapes in one pass, merges the set of them when it is frozen.
// The order of messages is no input, as long as the number of distinct shapes stays below the limits.

import { createBodyScanner } from './body-scanner.js';
import { encodeShapeTables } from './shape-dictionary.js';
import { entryTokens, mergeEntries, type ShapeEntry } from './shape-entry.js';
import { createShapeStore } from './shape-store.js';
import { createSlotPattern } from './slot-index.js';
import { printTemplate, templateId } from './template-text.js';
import type { MinerOptions, Template, TemplateDictionary, TemplateMiner } from './template.js';

const DEFAULT_MAX_SHAPES_PER_SOURCE = 16_384;
/** Aliases kept: those of the most frequent shapes. */
const MAX_ALIASES = 4096;
const OVERFLOW_TEXT = '(rare messages beyond the shape limit)';

/** @throws RangeError if `maxShapesPerSource` is no whole number from 4 on */
export function createShapeMiner(options: MinerOptions = {}): TemplateMiner {
  const { maxShapesPerSource = DEFAULT_MAX_SHAPES_PER_SOURCE } = options;
  if (!Number.isInteger(maxShapesPerSource) || maxShapesPerSource < 4) {
    throw new RangeError(
      `maxShapesPerSource should be a whole number from 4 on, got ${maxShapesPerSource}: leave it out for ${DEFAULT_MAX_SHAPES_PER_SOURCE}`,
    );
  }
  const scanner = createBodyScanner();
  const store = createShapeStore(maxShapesPerSource);
  return {
    learn(body, source) {
      scanner.scan(body);
      store.add(scanner, source);
    },
    freeze: () => freezeEntries(store.entries(), store.overflowCount()),
  };
}

function freezeEntries(entries: readonly ShapeEntry[], overflowCount: number): TemplateDictionary {
  const merged = mergeEntries(entries).map((template) => ({ ...template, id: templateId(template.tokens) }));
  const templates: Template[] = merged.map(({ id, entry }) => ({
    id,
    text: printTemplate(entry.example, entry.slots, entry.habits, entry.count),
    count: entry.count,
  }));
  if (overflowCount > 0) {
    templates.push({ id: templateId([OVERFLOW_TEXT]), text: OVERFLOW_TEXT, count: overflowCount });
  }
  templates.sort((x, y) => (x.id < y.id ? -1 : 1));

  const indexOf = new Map(templates.map(({ id }, index) => [id, index]));
  const templateOf = new Map(
    merged.flatMap(({ id, members }) => members.map((member) => [entries[member]!, id] as const)),
  );
  const shapes = entries.filter(({ slots }) => slots.length === 0);
  return {
    miner: 'shape',
    version: 1,
    templates,
    aliases: aliasesOf(shapes, (entry) => templateOf.get(entry)!),
    overflowCount,
    tables: encodeShapeTables(
      shapes.map((entry) => ({ hash: entry.hash, template: indexOf.get(templateOf.get(entry)!)! })),
      merged
        .filter(({ entry }) => entry.slots.length > 0)
        .map(({ tokens, entry, id }) => createSlotPattern(tokens, entry.slots, indexOf.get(id)!)),
    ),
  };
}

/** The ids that shapes had before they were merged, for the most frequent of them. */
function aliasesOf(
  shapes: readonly ShapeEntry[],
  idOf: (shape: ShapeEntry) => string,
): Record<string, string> {
  const frequentFirst = [...shapes].sort(
    (x, y) => y.count - x.count || x.hash.a - y.hash.a || x.hash.b - y.hash.b,
  );
  const aliases: [string, string][] = [];
  for (const shape of frequentFirst) {
    if (aliases.length >= MAX_ALIASES) break;
    const id = templateId(entryTokens(shape));
    if (id !== idOf(shape)) aliases.push([id, idOf(shape)]);
  }
  return Object.fromEntries(aliases.sort(([x], [y]) => (x < y ? -1 : 1)));
}
