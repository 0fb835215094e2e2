// Whether two ways to score the same logs gave the same windows, to the last bit.
import { createHash } from 'node:crypto';

/** What both ways know of a window. `NaN` and -0 are not equal to anything that only looks like them. */
export interface ComparableRow {
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly records: number;
  readonly score: number;
  readonly threshold: number;
  readonly alert: boolean;
  /** In the order of the feature spec. */
  readonly features: ArrayLike<number>;
}

export interface Parity {
  /** Windows that both have. */
  readonly windows: number;
  /** Windows that only one of them has. */
  readonly missing: number;
  /** Numbers that were compared: all features, scores, counts and so on of all windows. */
  readonly values: number;
  readonly differing: number;
  /** The first that differs, as a sentence; null when none does. */
  readonly firstDifference: string | null;
}

const FIELDS = ['endMs', 'records', 'score', 'threshold'] as const;

/** @param names of the features */
export function compareRows(
  wanted: readonly ComparableRow[],
  came: readonly ComparableRow[],
  names: readonly string[],
): Parity {
  const others = new Map(came.map((row) => [keyOf(row), row]));
  let [windows, values, differing] = [0, 0, 0];
  let firstDifference: string | null = null;
  const compare = (row: ComparableRow, name: string, want: unknown, got: unknown): void => {
    values++;
    if (Object.is(want, got)) return;
    differing++;
    firstDifference ??= `${row.source} ${new Date(row.startMs).toISOString()}: ${name} is ${String(want)} and ${String(got)}`;
  };
  for (const row of wanted) {
    const other = others.get(keyOf(row));
    if (!other) continue;
    windows++;
    for (const field of FIELDS) compare(row, field, row[field], other[field]);
    compare(row, 'alert', row.alert, other.alert);
    names.forEach((name, index) => compare(row, name, row.features[index], other.features[index]));
  }
  const missing = wanted.length + came.length - 2 * windows;
  return { windows, missing, values, differing, firstDifference };
}

/**
 * First 16 hex digits of a SHA-256 over the windows' places and the bits of their scores and features, in order of source
 * and time: two ways that give the same one gave the same bits.
 */
export function digestOf(rows: readonly ComparableRow[]): string {
  const hash = createHash('sha256');
  const ordered = [...rows].sort((a, b) =>
    a.source === b.source ? a.startMs - b.startMs : a.source < b.source ? -1 : 1,
  );
  for (const { source, startMs, endMs, records, score, threshold, alert, features } of ordered) {
    hash.update(source);
    hash.update(Float64Array.of(startMs, endMs, records, score, threshold, Number(alert)));
    hash.update(Float64Array.from(features));
  }
  return hash.digest('hex').slice(0, 16);
}

function keyOf({ source, startMs }: ComparableRow): string {
  return `${startMs} ${source}`;
}
