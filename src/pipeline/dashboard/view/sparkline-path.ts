// A trend as bars that are small enough to stand in a table's row.

/**
 * Bars of equal width, standing on the bottom.
 *
 * @param counts of equal parts of a range, oldest first; at least 0
 * @param highest a count as high as the drawing; none is higher
 * @returns an SVG path of closed bars, '' when nothing was counted. A count above 0 is at least one pixel high
 */
export function sparklinePath(
  counts: readonly number[],
  widthPx: number,
  heightPx: number,
  highest: number,
): string {
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

function round(px: number): number {
  return Math.round(px * 100) / 100;
}
