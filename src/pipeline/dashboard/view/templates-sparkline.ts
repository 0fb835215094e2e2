// The trend of a template as a drawing and as words: bars small enough to stand in a table's row, and a sentence for whoever
// does not see them. Both from the same counts, so that they never say different things.
import { valueText } from './number-text.js';

/**
 * Bars of equal width, standing on the bottom; the highest count is as high as the drawing.
 *
 * @param counts of equal parts of a range, oldest first; whole, at least 0
 * @returns an SVG path of closed bars, '' when nothing was counted. A count above 0 is at least one pixel high
 */
export function sparklinePath(counts: readonly number[], widthPx: number, heightPx: number): string {
  const highest = Math.max(0, ...counts);
  if (highest === 0) return '';
  const stepPx = widthPx / counts.length;
  // a gap between bars that are wide enough to have one
  const barPx = stepPx > 3 ? stepPx - 1 : stepPx;
  return counts
    .map((count, index) => {
      if (count === 0) return '';
      const barHeightPx = Math.max(1, (count / highest) * heightPx);
      const left = round(index * stepPx);
      return `M${left} ${heightPx}V${round(heightPx - barHeightPx)}H${round(left + barPx)}V${heightPx}Z`;
    })
    .join('');
}

/**
 * What the bars show: `rising: 2 to 40 in a part of the range, at most 52`. Compares the mean of the first third with that of
 * the last; a fifth more or less counts as steady.
 */
export function trendWords(counts: readonly number[]): string {
  const highest = Math.max(0, ...counts);
  if (highest === 0) return 'not seen in this range';
  const third = Math.max(1, Math.floor(counts.length / 3));
  const before = mean(counts.slice(0, third));
  const after = mean(counts.slice(-third));
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

function round(px: number): number {
  return Math.round(px * 100) / 100;
}
