// Units of a chart's axis: milliseconds that reach into hours are read as hours, and every point keeps its exact words.

export interface AxisUnit {
  /** What a value is divided by before it is drawn. */
  readonly divisor: number;
  /** After each number of the axis, with its space. */
  readonly suffix: string;
  /** The axis reaches at least so far, in its own unit. */
  readonly leastTop: number;
}

const DURATIONS: readonly (readonly [number, number, string])[] = [
  [2 * 3_600_000, 3_600_000, ' h'],
  [2 * 60_000, 60_000, ' min'],
  [2000, 1000, ' s'],
  [-Infinity, 1, ' ms'],
];

/** @param values in ms; the unit of the greatest of them, of which there are then at least two */
export function durationAxis(values: readonly (number | null)[]): AxisUnit {
  const greatestMs = values.reduce<number>((greatest, value) => Math.max(greatest, value ?? 0), 0);
  const [, divisor, suffix] = DURATIONS.find(([fromMs]) => greatestMs >= fromMs)!;
  return { divisor, suffix, leastTop: 0 };
}

/** Whatever has its unit in words. */
export const PLAIN_AXIS: AxisUnit = { divisor: 1, suffix: '', leastTop: 0 };

/** Of whole things: a few of them stand at whole numbers. */
export const COUNT_AXIS: AxisUnit = { divisor: 1, suffix: '', leastTop: 4 };
