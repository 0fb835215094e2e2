// Windows summed up by source and hour, as a store adds them to what it has.
import type { StoredWindow } from '../ports.js';

export const HOUR_MS = 3_600_000;

export interface HourSum {
  readonly source: string;
  /** Since epoch. */
  readonly hour: number;
  readonly windows: number;
  readonly alerting: number;
  readonly maxScore: number;
  readonly records: number;
}

export function hourOf(timeMs: number): number {
  return Math.floor(timeMs / HOUR_MS);
}

/** By hour and source: always the same order, so that two who write at once wait for one another and no more. */
export function sumHours(rows: readonly StoredWindow[]): HourSum[] {
  const sums = new Map<string, HourSum>();
  for (const { source, startMs, alert, score, records } of rows) {
    const hour = hourOf(startMs);
    const id = `${hour} ${source}`;
    const known = sums.get(id);
    sums.set(id, {
      source,
      hour,
      windows: (known?.windows ?? 0) + 1,
      alerting: (known?.alerting ?? 0) + (alert ? 1 : 0),
      maxScore: Math.max(known?.maxScore ?? 0, score),
      records: (known?.records ?? 0) + records,
    });
  }
  return [...sums.values()].sort(
    (a, b) => a.hour - b.hour || (a.source < b.source ? -1 : a.source > b.source ? 1 : 0),
  );
}
