// Axes of charts: where a value lies on the paper, and which values get a tick.

export interface Tick {
  readonly value: number;
  readonly text: string;
}

export interface ChartAxis {
  readonly label: string;
  readonly min: number;
  /** Greater than `min`. */
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** Decades are equally long; `min` is above 0 and what lies below it is drawn there. */
  readonly isLogarithmic?: boolean;
}

/** Position of a value between two points on the paper; what lies outside the axis is drawn at its end. */
export function createScale(axis: ChartAxis, from: number, to: number): (value: number) => number {
  const bend = axis.isLogarithmic === true ? Math.log10 : (value: number): number => value;
  const [min, max] = [bend(axis.min), bend(axis.max)];
  return (value) => {
    const within = Math.min(axis.max, Math.max(axis.min, value));
    return round(from + ((bend(within) - min) / (max - min)) * (to - from));
  };
}

/** Tenths of a unit of the picture are finer than any screen shows. */
export function round(position: number): number {
  return Math.round(position * 10) / 10;
}

/** From 0 to 1 in quarters, as percent. */
export function shareAxis(label: string): ChartAxis {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, text: `${100 * value} %` }));
  return { label, min: 0, max: 1, ticks };
}

/** From 0 to a round number at or above `greatest`, in about four steps. */
export function countAxis(label: string, greatest: number): ChartAxis {
  const rough = Math.max(1, greatest) / 4;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].find((each) => each * decade >= rough)! * decade);
  const steps = Math.max(1, Math.ceil(greatest / step));
  const ticks = Array.from({ length: steps + 1 }, (_, i) => ({
    value: i * step,
    text: (i * step).toLocaleString('en-US'),
  }));
  return { label, min: 0, max: steps * step, ticks };
}

/** Whole decades around the values, which must be above 0. */
export function decadeAxis(label: string, least: number, greatest: number): ChartAxis {
  const first = Math.floor(Math.log10(least));
  const last = Math.max(first + 1, Math.ceil(Math.log10(greatest)));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => {
    const value = 10 ** (first + i);
    return { value, text: value >= 1 ? value.toLocaleString('en-US') : String(Number(value.toPrecision(1))) };
  });
  return { label, min: 10 ** first, max: 10 ** last, ticks, isLogarithmic: true };
}

const CLOCK_STEPS_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/** Time of day, UTC, with at most five ticks at round times. */
export function clockAxis(startMs: number, endMs: number): ChartAxis {
  const stepMs =
    60_000 * (CLOCK_STEPS_MINUTES.find((minutes) => (endMs - startMs) / (60_000 * minutes) <= 5) ?? 1440);
  const ticks: Tick[] = [];
  for (let value = Math.ceil(startMs / stepMs) * stepMs; value <= endMs && ticks.length < 6; value += stepMs)
    ticks.push({ value, text: new Date(value).toISOString().slice(11, 16) });
  return { label: 'time of day (UTC)', min: startMs, max: Math.max(endMs, startMs + 1), ticks };
}
