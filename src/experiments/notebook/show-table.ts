// A small table as a notebook's output: HTML where it can be shown, plain text everywhere.
import { renderTable, type TableOptions } from './render-table.js';
import { type FrameLike, type Row, rowsOf } from './row.js';
import { showHtml } from './show-html.js';

export type { Cell, Row } from './row.js';

/**
 * Shows rows, or a frame, below the cell. Times and durations are the caller's to write as texts.
 *
 * @param rows columns are those of the first row
 */
export function showTable(rows: readonly Row[] | FrameLike, options: TableOptions = {}): void {
  const { html, text } = renderTable('columns' in rows ? rowsOf(rows) : rows, options);
  showHtml(html, text);
}
