// What can be taken away of a view: a table, its columns by name, its rows in parts. Times are UTC, as ISO 8601 has them.
import type { Cell } from './csv-text.js';

export const EXPORT_KINDS = ['incidents', 'alerts', 'templates', 'windows'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export interface ExportTable {
  readonly columns: readonly string[];
  /** Each row by position of its column; in parts, so that a month is never in memory at once. */
  readonly parts: AsyncIterable<readonly (readonly Cell[])[]>;
}

export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** @param rows of a table that is small enough to be there at once */
export function tableOf<Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): ExportTable {
  const cells = Object.values(columns);
  return {
    columns: Object.keys(columns),
    parts: (async function* () {
      yield rows.map((row) => cells.map((cellOf) => cellOf(row)));
    })(),
  };
}
