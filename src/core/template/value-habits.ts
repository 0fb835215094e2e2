// What the values of one shape have in common over all its messages: always the same layout, always the same piece?
// Only printing needs it (`ssh2` and `<*> bytes` read better than `<*>`); "all equal so far" does not depend on order.

import { BYTE_CLASS, NO_WORD_BYTE, VALUE } from './byte-classes.js';
import type { ByteShape } from './byte-shape.js';
import { PRIME_A, SEED_A } from './shape-hash.js';

/** A value position at which something was the same in every message so far. */
export interface Habit {
  readonly position: number;
  /** Hash of what stands between and after its parts, if that never varied. */
  glueHash: number | undefined;
  /** Hash of each piece (run of word characters) of the value, where it never varied; empty if their number did. */
  pieceHashes: (number | undefined)[];
  /** Whether the value was empty every time. */
  isEmpty: boolean;
}

/** Pieces beyond these are not followed. */
const MAX_PIECES = 8;

/** Habits of the first message: everything is the same so far. */
export function firstHabits(shape: ByteShape, bytes: Uint8Array): Habit[] {
  const habits: Habit[] = [];
  for (let i = 0; i < shape.length; i++) {
    if (shape.kind[i] !== VALUE) continue;
    const pieceHashes = hashPieces(shape, bytes, i);
    habits.push({
      position: i,
      glueHash: shape.glue[i]!,
      pieceHashes,
      isEmpty: shape.start[i] === shape.end[i],
    });
  }
  return habits;
}

/** Takes one more message in; what varies is forgotten, so that in the long run there is nothing left to compare. */
export function observeHabits(habits: Habit[], shape: ByteShape, bytes: Uint8Array): void {
  for (let h = habits.length - 1; h >= 0; h--) {
    const habit = habits[h]!;
    const i = habit.position;
    if (habit.glueHash !== undefined && habit.glueHash !== shape.glue[i]) habit.glueHash = undefined;
    if (habit.isEmpty) habit.isEmpty = shape.start[i] === shape.end[i];
    if (habit.pieceHashes.length > 0) keepEqual(habit, hashPieces(shape, bytes, i));
    if (isForgotten(habit)) habits.splice(h, 1);
  }
}

/** What several shapes have in common, except at the slots. */
export function uniteHabits(all: readonly (readonly Habit[])[], slots: readonly number[]): Habit[] {
  const [first = [], ...others] = all;
  return first.flatMap((habit) => {
    if (slots.includes(habit.position)) return [];
    const united = { ...habit, pieceHashes: [...habit.pieceHashes] };
    for (const other of others) {
      const same = other.find(({ position }) => position === habit.position);
      if (same?.glueHash !== united.glueHash) united.glueHash = undefined;
      united.isEmpty &&= same?.isEmpty === true;
      keepEqual(united, same?.pieceHashes ?? []);
    }
    return isForgotten(united) ? [] : [united];
  });
}

function keepEqual(habit: Habit, hashes: readonly (number | undefined)[]): void {
  const { pieceHashes } = habit;
  let isAnyLeft = false;
  for (let p = 0; p < pieceHashes.length; p++) {
    if (hashes.length !== pieceHashes.length || pieceHashes[p] !== hashes[p]) pieceHashes[p] = undefined;
    isAnyLeft ||= pieceHashes[p] !== undefined;
  }
  if (!isAnyLeft) habit.pieceHashes = [];
}

function isForgotten({ glueHash, pieceHashes, isEmpty }: Habit): boolean {
  return glueHash === undefined && pieceHashes.length === 0 && !isEmpty;
}

function hashPieces(shape: ByteShape, bytes: Uint8Array, i: number): number[] {
  const hashes: number[] = [];
  const end = shape.end[i]!;
  let hash = SEED_A;
  let isInPiece = false;
  for (let at = shape.start[i]!; at < end && hashes.length < MAX_PIECES; at++) {
    const isWord = (BYTE_CLASS[bytes[at]!]! & NO_WORD_BYTE) === 0;
    if (isWord) hash = Math.imul(hash ^ bytes[at]!, PRIME_A);
    else if (isInPiece) {
      hashes.push(hash);
      hash = SEED_A;
    }
    isInPiece = isWord;
  }
  if (isInPiece && hashes.length < MAX_PIECES) hashes.push(hash);
  return hashes;
}
