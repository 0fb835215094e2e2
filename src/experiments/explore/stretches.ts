// Windows in a row: those that a label touches, and the healthy ones of equal length that it is compared with.
// A stretch is compared as a whole, since an anomaly of ten minutes has ten minutes to be noticed.
import type { Label } from '../labels.js';

/** Windows of one source, evenly spaced: window i is `[startMs + i·windowMs, startMs + (i + 1)·windowMs)`. */
export interface WindowGrid {
  readonly source: string;
  readonly startMs: number;
  readonly windowMs: number;
  readonly windows: number;
}

/** Indexes of windows, half open. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The windows that a label touches, cut to the grid; empty (`from === to`) when it lies outside. */
export function stretchOf(
  grid: WindowGrid,
  span: { readonly startMs: number; readonly endMs: number },
): Stretch {
  const clamp = (index: number): number => Math.min(grid.windows, Math.max(0, index));
  const from = clamp(Math.floor((span.startMs - grid.startMs) / grid.windowMs));
  return { from, to: Math.max(from, clamp(Math.ceil((span.endMs - grid.startMs) / grid.windowMs))) };
}

/** By window: 1 where no label that names the grid's source touches it, nor ended less than `graceMs` before. */
export function healthyWindows(grid: WindowGrid, labels: readonly Label[], graceMs: number): Uint8Array {
  const healthy = new Uint8Array(grid.windows).fill(1);
  for (const { services, startMs, endMs } of labels) {
    if (!services.includes(grid.source)) continue;
    const { from, to } = stretchOf(grid, { startMs, endMs: endMs + graceMs });
    healthy.fill(0, from, to);
  }
  return healthy;
}

/** First windows of all stretches of `length` windows that are healthy throughout; they overlap each other. */
export function healthyStarts(healthy: Uint8Array, length: number): readonly number[] {
  const starts: number[] = [];
  let run = 0;
  healthy.forEach((isHealthy, index) => {
    run = isHealthy === 1 ? run + 1 : 0;
    if (length > 0 && run >= length) starts.push(index - length + 1);
  });
  return starts;
}

/** Sums of any stretch in one subtraction: `sumOf(from, to)` adds the values of `[from, to)`. */
export function createSums(values: Float64Array): (from: number, to: number) => number {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, index) => {
    sums[index + 1] = sums[index]! + value;
  });
  return (from, to) => sums[to]! - sums[from]!;
}
