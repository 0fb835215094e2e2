// A feature's way through the windows around an alert, with the band that is usual for it: paths for a small drawing.

export interface BandChart {
  /** SVG path data; a gap where a value is not known. */
  readonly line: string;
  /** Places of the values, for whoever points at one; null where it is not known. */
  readonly points: readonly ({ readonly x: number; readonly y: number } | null)[];
  readonly bandTop: number;
  readonly bandHeight: number;
  /** Ends of the scale, in the feature's own unit. */
  readonly low: number;
  readonly high: number;
}

/** A band that is a single value must still be seen. */
const LEAST_BAND = 2;

/**
 * @param values oldest first, at least one
 * @param band usual values, low ≤ high
 * @param width and `height` of the drawing
 */
export function bandChart(
  values: readonly (number | null)[],
  band: { readonly low: number; readonly high: number },
  width: number,
  height: number,
): BandChart {
  const known = values.filter((value) => value !== null);
  const low = Math.min(band.low, ...known);
  const top = Math.max(band.high, ...known);
  const high = top > low ? top : low + 1;
  const yOf = (value: number): number => round(height - ((value - low) / (high - low)) * height);
  const xOf = (index: number): number =>
    values.length === 1 ? width / 2 : round((index / (values.length - 1)) * width);

  const points = values.map((value, index) => (value === null ? null : { x: xOf(index), y: yOf(value) }));
  let line = '';
  points.forEach((point, index) => {
    if (point) line += `${points[index - 1] ? 'L' : 'M'}${point.x} ${point.y}`;
  });
  const bandHeight = Math.max(LEAST_BAND, yOf(band.low) - yOf(band.high));
  return {
    line,
    points,
    bandTop: Math.min(yOf(band.high), height - bandHeight),
    bandHeight,
    low,
    high,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
