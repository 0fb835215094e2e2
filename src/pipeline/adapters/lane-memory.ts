// Hours of windows that were summed up already, bounded: those that were asked for longest ago are forgotten first.
import type { ArtifactKey } from '../stream-key.js';

/** Windows of a source in a bucket, as a database gives them. */
export type LaneRow = readonly [
  source: string,
  longSource: string | null,
  bucket: number,
  maxScore: number,
  windows: number,
  alerting: number,
  records: number,
];

export interface HourPlace {
  readonly artifact: ArtifactKey;
  readonly bucketMs: number;
  /** Since epoch. */
  readonly hour: number;
}

export interface HourMemory {
  /** Undefined unless they were kept with this very stamp. */
  rowsOf(place: HourPlace, stamp: string): readonly LaneRow[] | undefined;
  /** @param rows with buckets counted from the beginning of the hour */
  keep(place: HourPlace, stamp: string, rows: readonly LaneRow[]): void;
}

/** Some ten pages that look at different days and with different buckets. */
const MOST_ROWS = 100_000;

export function createHourMemory(mostRows = MOST_ROWS): HourMemory {
  const hours = new Map<string, { readonly stamp: string; readonly rows: readonly LaneRow[] }>();
  let held = 0;
  const keyOf = ({ artifact: { name, version }, bucketMs, hour }: HourPlace): string =>
    JSON.stringify([name, version, bucketMs, hour]);
  const forget = (key: string): void => {
    held -= hours.get(key)?.rows.length ?? 0;
    hours.delete(key);
  };
  return {
    rowsOf: (place, stamp) => {
      const key = keyOf(place);
      const known = hours.get(key);
      if (known?.stamp !== stamp) return undefined;
      // a map is in the order of its insertions
      hours.delete(key);
      hours.set(key, known);
      return known.rows;
    },
    keep: (place, stamp, rows) => {
      const key = keyOf(place);
      forget(key);
      hours.set(key, { stamp, rows });
      held += rows.length;
      for (const [oldest] of hours) {
        if (held <= mostRows) return;
        forget(oldest);
      }
    },
  };
}
