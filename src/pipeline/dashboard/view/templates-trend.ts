// The trend of a template in words: what its bars show, for whoever does not see them.
import { valueText } from './number-text.js';

/**
 * What the bars show: `rising: 2 to 40 in a part of the range, at most 52`. Compares the mean of the first third with that of
 * the last; a fifth more or less counts as steady.
 *
 * @param isLastOpen the last part is not over yet: few records in it say nothing, many do
 */
export function trendWords(counts: readonly number[], isLastOpen: boolean): string {
  const highest = Math.max(0, ...counts);
  if (highest === 0) return 'not seen in this range';
  const last = counts.at(-1) ?? 0;
  const over = isLastOpen && counts.length > 1 ? counts.slice(0, -1) : counts;
  const third = Math.max(1, Math.floor(over.length / 3));
  const before = mean(over.slice(0, third));
  const settled = mean(over.slice(-third));
  const after = isLastOpen ? Math.max(settled, last) : settled;
  const levels = `${valueText(before)} to ${valueText(after)} in a part of the range, at most ${valueText(highest)}`;
  return `${direction(before, after, highest)}: ${levels}`;
}

function direction(before: number, after: number, highest: number): string {
  if (before === 0 && after === 0) return 'only in the middle';
  if (before === 0) return 'began in this range';
  if (after === 0) return 'stopped in this range';
  if (after > before * 1.2) return 'rising';
  if (after < before / 1.2) return 'falling';
  return highest > 3 * Math.max(before, after) ? 'steady, with a peak' : 'steady';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
