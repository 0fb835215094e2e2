// What the values of one shape have in common over all its messages: always the same text, always the same layout?
// Only printing needs it (`ssh2` and `<*> bytes` read better than `<*>`); "all equal so far" does not depend on order.

import { VALUE } from './byte-classes.js';
import type { ByteShape } from './shape-bytes.js';
import { PRIME_A, SEED_A } from './shape-hash.js';

/** A value position at which something was the same in every message so far. */
export interface Habit {
  readonly position: number;
  /** Hash of the value's text, if that never varied. */
  textHash: number | undefined;
  /** Hash of what stands between its parts, if that never varied. */
  glueHash: number | undefined;
}

/** Habits of the first message: everything is the same so far. */
export function firstHabits(shape: ByteShape, bytes: Uint8Array): Habit[] {
  const habits: Habit[] = [];
  for (let i = 0; i < shape.length; i++) {
    if (shape.kind[i] !== VALUE) continue;
    habits.push({ position: i, textHash: hashValue(shape, bytes, i), glueHash: shape.glue[i]! });
  }
  return habits;
}

/** Takes one more message in; what varies is forgotten, so that in the long run there is nothing left to compare. */
export function observeHabits(habits: Habit[], shape: ByteShape, bytes: Uint8Array): void {
  for (let h = habits.length - 1; h >= 0; h--) {
    const habit = habits[h]!;
    if (habit.textHash !== undefined && habit.textHash !== hashValue(shape, bytes, habit.position)) {
      habit.textHash = undefined;
    }
    if (habit.glueHash !== undefined && habit.glueHash !== shape.glue[habit.position])
      habit.glueHash = undefined;
    if (habit.textHash === undefined && habit.glueHash === undefined) habits.splice(h, 1);
  }
}

/** What several shapes have in common, except at the slots. */
export function uniteHabits(all: readonly (readonly Habit[])[], slots: readonly number[]): Habit[] {
  const [first = [], ...others] = all;
  const united: Habit[] = [];
  for (const { position, textHash, glueHash } of first) {
    if (slots.includes(position)) continue;
    const same = others.map((habits) => habits.find((habit) => habit.position === position));
    const habit: Habit = {
      position,
      textHash: same.every((other) => other?.textHash === textHash) ? textHash : undefined,
      glueHash: same.every((other) => other?.glueHash === glueHash) ? glueHash : undefined,
    };
    if (habit.textHash !== undefined || habit.glueHash !== undefined) united.push(habit);
  }
  return united;
}

function hashValue(shape: ByteShape, bytes: Uint8Array, i: number): number {
  let hash = SEED_A;
  const end = shape.end[i]!;
  for (let at = shape.start[i]!; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, PRIME_A);
  return hash;
}
