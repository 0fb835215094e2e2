// A small table twice: as HTML that stays readable where styles are taken away, and as text in columns. Numbers of a
// column share their decimals and stand to the right; whatever a text holds is shown and obeyed by nobody.
import { type Html, markup } from '../report/html.js';
import { showHiddenOnLine } from './hidden-text.js';
import type { Cell, Row } from './row.js';

export interface TableOptions {
  /** Stands above the table. */
  readonly caption?: string;
  /** Significant digits of the greatest number in a column that is not all whole numbers, 1 to 15. Default 4. */
  readonly digits?: number;
  /** More rows are left out, which is said below. Default 20. */
  readonly maxRows?: number;
  /** Where a column stands; default numbers to the right, all else to the left. */
  readonly align?: Readonly<Record<string, 'left' | 'right'>>;
}

/** @param rows columns are those of the first row; a null, or what a later row has not, is a dash */
export function renderTable(
  rows: readonly Row[],
  options: TableOptions = {},
): { readonly html: Html; readonly text: string } {
  const { caption, digits = 4, maxRows = 20, align = {} } = options;
  const columns = Object.keys(rows[0] ?? {}).map((name): Column => {
    const values = rows.map((row) => row[name] ?? null);
    const column = columnOf(name, values, digits, maxRows);
    return Object.hasOwn(align, name) ? { ...column, side: align[name]! } : column;
  });
  const title = caption === undefined ? null : showHiddenOnLine(caption);
  const shown = Math.min(rows.length, maxRows);
  const leftOut = rows.length > shown ? `${rows.length - shown} more rows are left out` : null;
  const html = markup`<table>${title === null ? null : markup`<caption>${title}</caption>`}<thead><tr>${columns.map(
    ({ name, side }) => markup`<th scope="col" style="text-align:${side}">${name}</th>`,
  )}</tr></thead><tbody>${Array.from(
    { length: shown },
    (_, row) => markup`<tr>${columns.map((column) => tableCell(column, row))}</tr>`,
  )}</tbody></table>${leftOut === null ? null : markup`<p>${leftOut}</p>`}`;
  const parts = [title, textColumns(columns), leftOut];
  return { html, text: parts.filter((part) => part !== null).join('\n') };
}

interface Column {
  readonly name: string;
  readonly side: 'left' | 'right';
  /** All cells have room on one line. */
  readonly isShort: boolean;
  readonly cells: readonly string[];
}

const MAX_UNBROKEN = 24;

function columnOf(name: string, values: readonly Cell[], digits: number, maxRows: number): Column {
  const present = values.filter((value) => value !== null);
  const isNumber = present.every((value) => typeof value === 'number');
  // of all rows, so that the decimals do not depend on how many are shown
  const show = isNumber ? numberFormat(present, digits) : showCell;
  const cells = values.slice(0, maxRows).map((value) => (value === null ? '–' : show(value)));
  return {
    name: showHiddenOnLine(name),
    side: isNumber ? 'right' : 'left',
    isShort: cells.every(({ length }) => length <= MAX_UNBROKEN),
    cells,
  };
}

function tableCell({ side, isShort, cells }: Column, row: number): Html {
  // on a phone a long text would otherwise be squeezed to a word a line
  const room = isShort ? 'white-space:nowrap' : 'min-width:13rem';
  return markup`<td style="text-align:${side};${room}">${cells[row]!}</td>`;
}

function textColumns(columns: readonly Column[]): string {
  const padded = columns.map(({ name, side, cells }) => {
    const texts = [name, ...cells];
    const width = Math.max(...texts.map(({ length }) => length));
    return texts.map((text) => (side === 'right' ? text.padStart(width) : text.padEnd(width)));
  });
  const lines =
    padded[0]?.map((_, row) =>
      padded
        .map((texts) => texts[row])
        .join('  ')
        .trimEnd(),
    ) ?? [];
  return lines.join('\n');
}

function showCell(value: Cell): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return showHiddenOnLine(String(value));
}

/** How to write the numbers of one column, so that they can be compared by eye. */
function numberFormat(values: readonly Cell[], digits: number): (value: Cell) => string {
  const numbers = values.map(Number);
  const greatest = Math.max(...numbers.filter(Number.isFinite).map(Math.abs), 0);
  const before = greatest === 0 ? 1 : Math.floor(Math.log10(greatest)) + 1;
  const decimals = numbers.every((value) => Number.isInteger(value) || !Number.isFinite(value))
    ? 0
    : Math.min(15, Math.max(0, digits - before));
  return (cell) => {
    const value = Number(cell);
    if (!Number.isFinite(value)) return String(value);
    const text = value.toFixed(decimals);
    // a small number among great ones must not read as none
    if (value !== 0 && Number(text) === 0) return value.toExponential(1);
    return separateThousands(text === `-${(0).toFixed(decimals)}` ? text.slice(1) : text);
  };
}

/** From five digits on; four read well without, and may be a year. */
function separateThousands(text: string): string {
  const [whole, ...decimals] = text.split('.') as [string, ...string[]];
  if (whole.replace('-', '').length < 5) return text;
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...decimals].join('.');
}
