// A small table as a notebook's output: HTML where it can be shown, plain text everywhere.
import { markup } from '../report/html.js';
import { display } from './show.js';

export type Cell = string | number | boolean | null;

/** Shows rows below the cell; columns are those of the first row. */
export function showTable(rows: readonly Readonly<Record<string, Cell>>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const html = markup`<table><thead><tr>${columns.map((name) => markup`<th>${name}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => markup`<tr>${columns.map((name) => markup`<td>${String(row[name])}</td>`)}</tr>`,
  )}</tbody></table>`;
  const text = [columns, ...rows.map((row) => columns.map((name) => String(row[name])))];
  display({ 'text/html': html.text, 'text/plain': text.map((cells) => cells.join('\t')).join('\n') });
}
