// Which of several runs are fitted on: every second one, or a seeded half. A single split can flatter by as much as
// two detectors differ, so that a figure to be believed is a mean over several.
import { createRandom } from '../../core/random.js';

/** The 1st, 3rd, 5th, …; with an odd number the greater half. */
export function everySecond<T>(items: readonly T[]): readonly T[] {
  return items.filter((_, index) => index % 2 === 0);
}

/** As many as `everySecond`, drawn without replacement, in their former order. */
export function randomHalf<T>(items: readonly T[], seed: string): readonly T[] {
  const random = createRandom(seed);
  const order = items.map((_, index) => index);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const chosen = new Set(order.slice(0, Math.ceil(items.length / 2)));
  return items.filter((_, index) => chosen.has(index));
}

/** The fixed split first, then as many seeded ones as are asked for. */
export function splitsOf<T>(
  items: readonly T[],
  randomSplits: number,
  seed: string,
): readonly (readonly T[])[] {
  const drawn = Array.from({ length: randomSplits }, (_, index) =>
    randomHalf(items, `${seed}|half ${index}`),
  );
  return [everySecond(items), ...drawn];
}
