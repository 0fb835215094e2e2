// The one place that knows the miners by name, so that everything else says only "learn, freeze, match".
// A dictionary may come from a file: what is not one is refused with a sentence before anything is matched.

import { createDrainMatcher, createDrainMiner } from './drain.js';
import { createShapeMatcher } from './shape-matcher.js';
import { createShapeMiner } from './shape-miner.js';
import type {
  MinerName,
  MinerOptions,
  TemplateDictionary,
  TemplateMatcher,
  TemplateMiner,
} from './template.js';

const MINERS = { shape: createShapeMiner, drain: createDrainMiner } as const;
const MATCHERS = { shape: createShapeMatcher, drain: createDrainMatcher } as const;
const VERSION = 1;

/** @throws Error if there is no miner of this name */
export function createMiner(name: MinerName, options: MinerOptions = {}): TemplateMiner {
  if (!Object.hasOwn(MINERS, name)) {
    throw new Error(`template miner should be one of ${Object.keys(MINERS).join(', ')}, got ${show(name)}`);
  }
  return MINERS[name](options);
}

/** @throws Error saying which part of the dictionary is not as wanted */
export function createMatcher(dictionary: TemplateDictionary): TemplateMatcher {
  requireDictionary(dictionary);
  return MATCHERS[dictionary.miner](dictionary);
}

function requireDictionary(value: unknown): asserts value is TemplateDictionary {
  if (typeof value !== 'object' || value === null) throw badDictionary('it', 'an object', value);
  const { version, miner, templates, aliases, overflowCount } = value as Partial<TemplateDictionary>;
  if (version !== VERSION) throw badDictionary('version', String(VERSION), version);
  if (typeof miner !== 'string' || !Object.hasOwn(MATCHERS, miner)) {
    throw badDictionary('miner', `one of ${Object.keys(MATCHERS).join(', ')}`, miner);
  }
  if (!Array.isArray(templates)) throw badDictionary('templates', 'a list', templates);
  templates.forEach((template, i) => {
    if (!isTemplate(template)) throw badDictionary(`templates[${i}]`, '{ id, text, count }', template);
  });
  const isSorted = templates.every(({ id }, i) => i === 0 || templates[i - 1].id < id);
  if (!isSorted)
    throw badDictionary(
      'templates',
      'sorted by id, each id once',
      templates.map(({ id }) => id as unknown),
    );
  if (typeof aliases !== 'object' || aliases === null || !Object.values(aliases).every(isId)) {
    throw badDictionary('aliases', 'an object from old ids to ids', aliases);
  }
  if (!isCount(overflowCount))
    throw badDictionary('overflowCount', 'a whole number from 0 on', overflowCount);
}

function isTemplate(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id, text, count } = value as Record<string, unknown>;
  return isId(id) && typeof text === 'string' && isCount(count);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function badDictionary(part: string, wanted: string, got: unknown): Error {
  return new Error(
    `template dictionary: ${part} should be ${wanted}, got ${show(got)}: it is damaged or of another build, fit it again`,
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
