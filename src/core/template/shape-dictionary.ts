// What a shape matcher needs besides the templates, as plain JSON: hashes of known shapes and of masked patterns.
// It is read back from files, so decoding checks every part before anything is matched.

import type { ShapeHash } from './shape-hash.js';
import type { SlotPattern } from './slot-index.js';
import type { TemplateDictionary } from './template.js';
import { TOKEN_CAPACITY } from './shape-hash.js';

/** `tables` of a dictionary whose miner is `shape`. Hashes are 16 hex digits; lists are sorted by hash. */
export interface ShapeTables {
  readonly shapes: readonly string[];
  /** Template index of each shape, in the same order. */
  readonly templateOf: readonly number[];
  readonly patterns: readonly EncodedPattern[];
}

interface EncodedPattern {
  readonly hash: string;
  readonly length: number;
  readonly slots: readonly number[];
  readonly template: number;
}

export interface KnownShape {
  readonly hash: ShapeHash;
  readonly template: number;
}

export function encodeShapeTables(
  shapes: readonly KnownShape[],
  patterns: readonly SlotPattern[],
): ShapeTables {
  const sorted = shapes
    .map(({ hash, template }) => ({ hash: encodeHash(hash), template }))
    .sort((x, y) => compareText(x.hash, y.hash));
  return {
    shapes: sorted.map(({ hash }) => hash),
    templateOf: sorted.map(({ template }) => template),
    patterns: patterns
      .map(({ hash, length, slots, value }) => ({ hash: encodeHash(hash), length, slots, template: value }))
      .sort((x, y) => compareText(x.hash, y.hash) || x.template - y.template),
  };
}

/** @throws Error saying which part of the tables is not as wanted */
export function decodeShapeTables(dictionary: TemplateDictionary): {
  shapes: KnownShape[];
  patterns: SlotPattern[];
} {
  const { templates } = dictionary;
  const tables = dictionary.tables as Partial<ShapeTables> | null;
  const { shapes, templateOf, patterns } = tables ?? {};
  const isTemplate = (index: unknown): index is number => isWhole(index) && index < templates.length;
  if (!Array.isArray(shapes) || !shapes.every(isHash))
    throw badTable('shapes', 'a list of 16 hex digits each', shapes);
  if (!Array.isArray(templateOf) || templateOf.length !== shapes.length || !templateOf.every(isTemplate)) {
    throw badTable(
      'templateOf',
      `a template index below ${templates.length} for each of ${shapes.length} shapes`,
      templateOf,
    );
  }
  if (
    !Array.isArray(patterns) ||
    !patterns.every((pattern) => isPattern(pattern) && isTemplate(pattern.template))
  ) {
    throw badTable('patterns', 'a list of { hash, length, slots, template }', patterns);
  }
  return {
    shapes: shapes.map((hash: string, i) => ({ hash: decodeHash(hash), template: templateOf[i] as number })),
    patterns: patterns.map(({ hash, length, slots, template }: EncodedPattern) => ({
      hash: decodeHash(hash),
      length,
      slots,
      value: template,
    })),
  };
}

function isPattern(value: unknown): value is EncodedPattern {
  if (typeof value !== 'object' || value === null) return false;
  const { hash, length, slots } = value as Partial<EncodedPattern>;
  if (!isHash(hash) || !isWhole(length) || length > TOKEN_CAPACITY || !Array.isArray(slots)) return false;
  return slots.length > 0 && slots.every((slot) => isWhole(slot) && slot < length);
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function encodeHash({ a, b }: ShapeHash): string {
  return hexOf(a) + hexOf(b);
}

function hexOf(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

function decodeHash(hash: string): ShapeHash {
  return { a: parseInt(hash.slice(0, 8), 16), b: parseInt(hash.slice(8), 16) };
}

function badTable(part: string, wanted: string, got: unknown): Error {
  const came = JSON.stringify(got) ?? 'nothing';
  return new Error(
    `template dictionary: tables.${part} should be ${wanted}, got ${came.slice(0, 80)}: the file is damaged or of another build, fit it again`,
  );
}

function compareText(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
