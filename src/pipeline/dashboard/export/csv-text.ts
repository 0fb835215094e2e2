// A table as CSV (RFC 4180) that a spreadsheet can open whatever the logs say: no cell becomes a formula, none breaks its row.
import { showUnsafe } from '../../../core/unsafe-characters.js';

export type Cell = string | number | boolean | null | readonly string[];

/** What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asian type. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** With its line end. Texts of a list are joined with `; `. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * Numbers and nothing at all stand as they are. Text is quoted; before one that would be a formula stands an apostrophe, and
 * characters that act on a terminal or turn the reading order are shown as what they are.
 */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const raw = typeof cell === 'string' ? cell : cell.join('; ');
  const text = FORMULA.test(raw) ? `'${raw}` : raw;
  return `"${showUnsafe(text, '\n').replaceAll('"', '""')}"`;
}
