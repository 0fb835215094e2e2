// Look-ups with learned slots: the shape's hash with the slots masked out, one table for each set of slot positions.
// Fewest slots first, so that of several templates that cover a shape the most specific one is found.

import { DELIMITER } from './byte-classes.js';
import {
  COEFFICIENT_A,
  COEFFICIENT_B,
  hashShape,
  hashToken,
  VALUE_HASH,
  type ShapeHash,
} from './shape-hash.js';
import type { ByteShape } from './byte-shape.js';
import { createShapeTable, type ShapeTable } from './shape-table.js';
import { SLOT } from './shape.js';

/** A template with learned slots, as the index and the dictionary hold it. */
export interface SlotPattern {
  /** Tokens of the shapes that it covers. */
  readonly length: number;
  /** Sorted token positions. */
  readonly slots: readonly number[];
  /** Hash of the shape without the tokens at the slots. */
  readonly hash: ShapeHash;
  /** What a look-up answers, ≥ 0. */
  readonly value: number;
}

export interface SlotIndex {
  /** The value of the most specific pattern that covers the shape, or -1. */
  find(shape: ByteShape): number;
}

interface Layer {
  readonly slots: readonly number[];
  readonly table: ShapeTable;
}

export function createSlotIndex(patterns: readonly SlotPattern[]): SlotIndex {
  const layersByLength = new Map<number, Layer[]>();
  const sorted = [...patterns].sort(
    (x, y) => x.slots.length - y.slots.length || compareSlots(x.slots, y.slots),
  );
  for (const { length, slots, hash, value } of sorted) {
    const layers = layersByLength.get(length) ?? [];
    layersByLength.set(length, layers);
    let layer = layers.at(-1);
    if (layer === undefined || compareSlots(layer.slots, slots) !== 0) {
      layer = { slots, table: createShapeTable() };
      layers.push(layer);
    }
    layer.table.set(hash.a, hash.b, value);
  }
  return {
    find(shape) {
      for (const layer of layersByLength.get(shape.length) ?? []) {
        const value = findInLayer(layer, shape);
        if (value >= 0) return value;
      }
      return -1;
    },
  };
}

/** @param tokens with `<*>` at the slots and for values */
export function createSlotPattern(
  tokens: readonly string[],
  slots: readonly number[],
  value: number,
): SlotPattern {
  const hashes = tokens.map((token) => (token === SLOT ? VALUE_HASH : hashToken(token)));
  let { a, b } = hashShape(hashes);
  for (const slot of slots) {
    a = (a - Math.imul(hashes[slot]!.a, COEFFICIENT_A[slot]!)) >>> 0;
    b = (b - Math.imul(hashes[slot]!.b, COEFFICIENT_B[slot]!)) >>> 0;
  }
  return { length: tokens.length, slots, hash: { a, b }, value };
}

function findInLayer({ slots, table }: Layer, shape: ByteShape): number {
  let { a, b } = shape;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]!;
    // where a template has a variable word, a delimiter makes another template
    if ((shape.kind[slot]! & DELIMITER) !== 0) return -1;
    a = (a - Math.imul(shape.tokenA[slot]!, COEFFICIENT_A[slot]!)) | 0;
    b = (b - Math.imul(shape.tokenB[slot]!, COEFFICIENT_B[slot]!)) | 0;
  }
  return table.find(a, b);
}

function compareSlots(x: readonly number[], y: readonly number[]): number {
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}
