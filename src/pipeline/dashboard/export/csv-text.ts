// A table as CSV (RFC 4180) that a spreadsheet can open whatever the logs say: no cell becomes a formula, none breaks its row.
import { showUnsafe } from '../../../core/unsafe-characters.js';

export type Cell = string | number | boolean | null | readonly string[];

/** Where a cell would be a formula, by its sign, also in the wide forms of East Asian type; a tab or a line end hides none. */
const FORMULA = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/;

const SIGN_AT_END = /[=+\-@＝＋－＠]$/;

/**
 * What a semicolon or a tab leads up to, where it ends a cell, with the sign behind it. Spreadsheets separate so where numbers
 * have a decimal comma, and then quotes inside a cell, and with them line ends, are none of RFC 4180's.
 */
const BEHIND_END = /[;\t\r\n][;"\s]*[=+\-@＝＋－＠]?/g;

/** With its line end. Texts of a list are joined with `; `. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * Numbers and nothing at all stand as they are. Text is quoted; before what would be a formula stands an apostrophe, and
 * characters that act on a terminal or turn the reading order are shown as what they are.
 */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const raw = typeof cell === 'string' ? cell : cell.join('; ');
  const inside = raw.replaceAll(BEHIND_END, (run) =>
    SIGN_AT_END.test(run) ? run.replaceAll(/[;\t\r\n] */g, "$&'") : run,
  );
  const text = FORMULA.test(raw) ? `'${inside}` : inside;
  return `"${showUnsafe(text, '\n').replaceAll('"', '""')}"`;
}
