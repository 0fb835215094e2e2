// An alert's windows as the store has them, beside those that its lines give again.
import { gunzipSync } from 'node:zlib';
import type { WindowRow } from '../../core/score-window.js';
import type { Row } from '../notebook/row.js';

export interface StoredRow {
  readonly startMs: number;
  readonly endMs: number;
  readonly records: number;
  readonly score: number;
  readonly alert: boolean;
  readonly features: readonly number[];
}

/** @param packed the rows as JSON, gzipped, in base64 */
export function unpackRows(packed: string): StoredRow[] {
  return JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')) as StoredRow[];
}

/** A row a stored window: what was stored, what came out, and how many of its features are other numbers. */
export function compareRows(stored: readonly StoredRow[], rebuilt: readonly WindowRow[]): Row[] {
  const byStart = new Map(rebuilt.map((row) => [row.startMs, row]));
  return stored.map((row) => {
    const again = byStart.get(row.startMs);
    return {
      window: new Date(row.startMs).toISOString().slice(0, 19),
      'stored records': row.records,
      'rebuilt records': again?.records ?? null,
      'stored score': row.score,
      'rebuilt score': again?.score ?? null,
      alert: row.alert ? 'alert' : '',
      'other features': again ? otherFeatures(row, again) : null,
      same: again !== undefined && isSame(row, again) ? 'yes' : 'no',
    };
  });
}

/** @throws Error naming the first window that came out otherwise, by a bit or more */
export function checkSameBits(stored: readonly StoredRow[], rebuilt: readonly WindowRow[]): void {
  const byStart = new Map(rebuilt.map((row) => [row.startMs, row]));
  if (stored.length === 0) throw new Error('the alert has no stored window to compare with');
  for (const row of stored) {
    const again = byStart.get(row.startMs);
    if (again !== undefined && isSame(row, again)) continue;
    throw new Error(
      `the window of ${new Date(row.startMs).toISOString()} was stored with score ${row.score} of ${row.records} records, and its lines give ${again ? `${again.score} of ${again.records} (${otherFeatures(row, again)} features differ)` : 'no such window'}: lines are missing, or this build scores otherwise than the stream did`,
    );
  }
}

function isSame(row: StoredRow, again: WindowRow): boolean {
  return (
    Object.is(row.score, again.score) &&
    row.records === again.records &&
    row.alert === again.alert &&
    row.features.length === again.features.length &&
    otherFeatures(row, again) === 0
  );
}

function otherFeatures({ features }: StoredRow, again: WindowRow): number {
  // -0 is 0 once it was stored
  return features.filter((value, index) => value !== again.features[index]).length;
}
