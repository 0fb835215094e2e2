// Tables that are shown again with newer rows: a row that stays keeps its element, and what the viewer is in keeps the focus.
import { type Child, element, fill, keepChildren } from './dom.js';

export interface Column<Row> {
  readonly title: string;
  /** Figures stand right, under each other. */
  readonly isNumber?: boolean;
  readonly className?: string;
  cell(row: Row): readonly Child[];
}

export interface PlainTable<Row> {
  readonly root: HTMLElement;
  show(rows: readonly Row[]): void;
}

/** As many fit side by side on a phone; rows of more stand as blocks there, each figure with its title. */
const FEW_COLUMNS = 5;

/**
 * @param caption what the table holds; only heard, since a heading says it to whoever sees
 * @param keyOf of a row, unique and the same each time. The first column is the row's heading
 */
export function createTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  keyOf: (row: Row) => string,
  { rowClass }: { readonly rowClass?: (row: Row) => string } = {},
): PlainTable<Row> {
  const body = element('tbody');
  const root = element(
    'div',
    // wide tables scroll by themselves, also by keys
    { class: 'table-scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
    element(
      'table',
      { class: columns.length > FEW_COLUMNS ? 'plain-table stacks' : 'plain-table' },
      element('caption', { class: 'visually-hidden' }, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map((column) => element('th', { scope: 'col', class: classOf(column) }, column.title)),
        ),
      ),
      body,
    ),
  );
  const make = (): HTMLTableRowElement =>
    element(
      'tr',
      {},
      ...columns.map((column, index) =>
        index === 0
          ? element('th', { scope: 'row', class: classOf(column) })
          : element('td', { class: classOf(column), 'data-label': column.title }),
      ),
    );
  const update = (made: HTMLTableRowElement, row: Row): void => {
    if (rowClass) made.className = rowClass(row);
    columns.forEach((column, index) => {
      refill(made.cells[index]!, column.cell(row), root);
    });
  };
  return { root, show: (rows) => keepChildren(body, rows, keyOf, make, update) };
}

/** A cell that says the same keeps what has the focus; of one that does not, what is there now gets it, or else the table. */
function refill(cell: HTMLTableCellElement, children: readonly Child[], table: HTMLElement): void {
  if (!cell.contains(document.activeElement)) return fill(cell, ...children);
  const wanted = cell.cloneNode(false) as HTMLTableCellElement;
  fill(wanted, ...children);
  if (wanted.isEqualNode(cell)) return;
  cell.replaceChildren(...wanted.childNodes);
  (cell.querySelector<HTMLElement>('button, a, summary') ?? table).focus({ preventScroll: true });
}

function classOf<Row>({ isNumber, className }: Column<Row>): string | undefined {
  const classes = [isNumber ? 'number' : '', className ?? ''].filter((each) => each !== '');
  return classes.length === 0 ? undefined : classes.join(' ');
}
