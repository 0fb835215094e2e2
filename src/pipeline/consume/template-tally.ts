// How many records of each template came in each hour since the last commit, for the dashboard: counted on the hot path, so
// that a record costs two look-ups and an addition. Hostile logs may make a new template of every line: they are bounded.
import type { LogRecord } from '../../core/record.js';
import type { Template } from '../../core/template/template.js';
import type { NewTemplate } from '../../core/window/add-to-pane.js';

/** Records of one template of one source. */
export interface TemplateTally {
  readonly source: string;
  readonly templateId: string;
  /** Whether the artifact's dictionary does not hold it. */
  readonly isNew: boolean;
  /** Cut to TEXT_CHARACTERS. */
  readonly text: string;
  /** A raw line, cut to EXAMPLE_CHARACTERS; empty where an earlier commit of this run gave one. */
  readonly example: string;
  /** Event times, ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Records by hours since epoch. */
  readonly hours: ReadonlyMap<number, number>;
}

export interface TemplateTallies {
  /** @param template index in the dictionary, or what describes one that it does not hold */
  add(record: LogRecord, template: NewTemplate | number, source: string): void;
  /** All since the last time. */
  gather(): TemplateTally[];
}

/** New templates of a source, and of all, that are told apart: every further one counts as OTHER_TEMPLATES of its source. */
export const MOST_NEW_OF_SOURCE = 2000;
export const MOST_NEW = 20_000;
export const OTHER_TEMPLATES = '(others)';

export const TEXT_CHARACTERS = 1000;
export const EXAMPLE_CHARACTERS = 500;
const HOUR_MS = 3_600_000;

interface Counted {
  readonly tally: Omit<TemplateTally, 'firstMs' | 'lastMs' | 'hours'>;
  firstMs: number;
  lastMs: number;
  /** Of the hour that came last; the others are in `hours`. */
  hour: number;
  count: number;
  readonly hours: Map<number, number>;
}

interface OfSource {
  readonly known: Map<number, Counted>;
  readonly fresh: Map<string, Counted>;
}

/** @param templates of the artifact's dictionary */
export function createTemplateTallies(templates: readonly Template[]): TemplateTallies {
  let bySource = new Map<string, OfSource>();
  /** What this run has given an example of, and the texts of new templates: by source. */
  const told = new Map<string, { readonly known: Set<number>; readonly fresh: Map<string, string> }>();
  let freshCount = 0;

  const toldOf = (source: string): NonNullable<ReturnType<typeof told.get>> => {
    let of = told.get(source);
    if (of === undefined) told.set(source, (of = { known: new Set(), fresh: new Map() }));
    return of;
  };

  const firstOf = (tally: Counted['tally']): Counted => ({
    tally,
    firstMs: Number.POSITIVE_INFINITY,
    lastMs: Number.NEGATIVE_INFINITY,
    hour: 0,
    count: 0,
    hours: new Map(),
  });

  const countedOfKnown = (of: OfSource, source: string, index: number, body: string): Counted => {
    let counted = of.known.get(index);
    if (counted !== undefined) return counted;
    const { id, text } = templates[index]!;
    const { known } = toldOf(source);
    const example = known.has(index) ? '' : copyOf(body, EXAMPLE_CHARACTERS);
    known.add(index);
    counted = firstOf({ source, templateId: id, isNew: false, text: copyOf(text, TEXT_CHARACTERS), example });
    of.known.set(index, counted);
    return counted;
  };

  const countedOfNew = (of: OfSource, source: string, template: NewTemplate, body: string): Counted => {
    let counted = of.fresh.get(template.id);
    if (counted !== undefined) return counted;
    const { fresh } = toldOf(source);
    let text = fresh.get(template.id);
    const isTold = text !== undefined;
    if (text === undefined) {
      if (fresh.size >= MOST_NEW_OF_SOURCE || freshCount >= MOST_NEW) return countedOfOthers(of, source);
      text = copyOf(template.text, TEXT_CHARACTERS);
      fresh.set(template.id, text);
      freshCount++;
    }
    const example = isTold ? '' : copyOf(body, EXAMPLE_CHARACTERS);
    counted = firstOf({ source, templateId: template.id, isNew: true, text, example });
    of.fresh.set(template.id, counted);
    return counted;
  };

  const countedOfOthers = (of: OfSource, source: string): Counted => {
    let counted = of.fresh.get(OTHER_TEMPLATES);
    if (counted === undefined) {
      counted = firstOf(othersOf(source));
      of.fresh.set(OTHER_TEMPLATES, counted);
    }
    return counted;
  };

  return {
    add: ({ eventTimeMs, body }, template, source) => {
      let of = bySource.get(source);
      if (of === undefined) bySource.set(source, (of = { known: new Map(), fresh: new Map() }));
      const counted =
        typeof template === 'number'
          ? countedOfKnown(of, source, template, body)
          : countedOfNew(of, source, template, body);
      const hour = Math.floor(eventTimeMs / HOUR_MS);
      if (hour !== counted.hour) {
        putAway(counted);
        counted.hour = hour;
      }
      counted.count++;
      if (eventTimeMs < counted.firstMs) counted.firstMs = eventTimeMs;
      if (eventTimeMs > counted.lastMs) counted.lastMs = eventTimeMs;
    },
    gather: () => {
      const tallies = [...bySource.values()].flatMap(({ known, fresh }) =>
        [...known.values(), ...fresh.values()].map((counted): TemplateTally => {
          putAway(counted);
          const { tally, firstMs, lastMs, hours } = counted;
          return { ...tally, firstMs, lastMs, hours };
        }),
      );
      bySource = new Map();
      return tallies;
    },
  };
}

/** What all further new templates of a source are counted as. */
export function othersOf(source: string): Counted['tally'] {
  return { source, templateId: OTHER_TEMPLATES, isNew: true, text: OTHER_TEMPLATES, example: '' };
}

function putAway(counted: Counted): void {
  const { hours, hour, count } = counted;
  if (count > 0) hours.set(hour, (hours.get(hour) ?? 0) + count);
  counted.count = 0;
}

/** Cut, and a copy of its own: a slice would keep the whole line, or the chunk that it was cut from, in memory. */
function copyOf(text: string, characters: number): string {
  return Buffer.from(text.slice(0, characters), 'utf16le').toString('utf16le');
}
