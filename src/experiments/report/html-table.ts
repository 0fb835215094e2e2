// Tables that stay readable on a phone: there each row becomes a block and each cell says which column it is of.
import { type Html, markup } from './html.js';

export interface TableColumn {
  readonly name: string;
  /** Stands to the right. */
  readonly isNumber?: boolean;
  /** Its cells are longer than half a phone is wide. */
  readonly isLong?: boolean;
}

export type TableCell = string | number | Html;

/** Columns of short cells that a phone has room for side by side. */
const MAX_NARROW = 5;

/** @param rows cells by column; the first cell of a row is its name */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
): Html {
  return markup`<table${columns.length > MAX_NARROW || columns.some(({ isLong }) => isLong) ? markup` class="stacks"` : null}>
<caption>
${caption}
</caption>
<thead>
<tr>
${columns.map(({ name, isNumber }) => markup`<th scope="col" ${classOf(isNumber)}>${name}</th>`)}
</tr>
</thead>
<tbody>
${rows.map(
  (cells) =>
    markup`<tr>
${cells.map((cell, index) => {
  const { name, isNumber } = columns[index]!;
  if (index === 0) return markup`<th scope="row">${cell}</th>`;
  return markup`<td data-label="${name}" ${classOf(isNumber)}>${cell}</td>`;
})}
</tr> `,
)}
</tbody>
</table>`;
}

function classOf(isNumber: boolean | undefined): Html | null {
  return isNumber ? markup` class="number"` : null;
}

export function number(name: string): TableColumn {
  return { name, isNumber: true };
}

/** A share in [0, 1] as a small bar with its text. */
export function shareBar(share: number | null, text: string): Html {
  if (share === null) return markup`${text}`;
  return markup`<span class="share"><span class="share-bar"><span style="width:${(100 * share).toFixed(1)}%"></span></span>${text}</span>`;
}
