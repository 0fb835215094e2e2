// How often a line comes as a rule, in words: a rare one by how many windows it takes, since nobody can picture 0.0014 of a line.

/** From here on a count is a count. */
const ONCE_A_WINDOW = 1;
/** Seen less often than this in what was learned, if at all. */
const MOST_WINDOWS = 100_000;

/**
 * `never`, `1 in 714 windows`, `3.2 a window`.
 *
 * @param usual lines of a window on average, ≥ 0
 */
export function usualWords(usual: number): string {
  if (usual >= ONCE_A_WINDOW) return `${Number(usual.toPrecision(usual < 100 ? 2 : 3))} a window`;
  const windows = Math.round(1 / usual);
  if (windows > MOST_WINDOWS) return 'never';
  return windows <= 1 ? '1 a window' : `1 in ${windows} windows`;
}

/** Whether the value lies outside what is usual: what lies inside is no reason by itself. */
export function isUnusual({
  value,
  usualLow,
  usualHigh,
}: {
  readonly value: number;
  readonly usualLow: number;
  readonly usualHigh: number;
}): boolean {
  return value < usualLow || value > usualHigh;
}
