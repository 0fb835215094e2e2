// A danfojs DataFrame that can be trusted: every column of one type, no gaps, no name that breaks the frame itself.
// danfojs guesses types from the first 20 rows and counts a missing number as 0, without a word in either case.
import { DataFrame } from 'danfojs-node';
import type { Row } from './row.js';

/**
 * Rows with the same columns, as `rowsOf` gives them back. A frame takes no null.
 *
 * @param rows at least one; a column holds finite numbers, texts or booleans, one of them throughout
 * @throws TypeError naming the column and the first row (from 1) that does not fit, RangeError when there are no rows
 */
export function frameOf(rows: readonly Row[]): DataFrame {
  const [first] = rows;
  if (first === undefined) throw new RangeError('a frame needs at least one row, got none');
  const columns = Object.keys(first);
  const types = columns.map((column) => typeOf(rows, column));
  rows.forEach((row, index) => {
    const extra = Object.keys(row).find((column) => !columns.includes(column));
    if (extra !== undefined)
      throw new TypeError(`row ${index + 1} has a column "${extra}" that the first row has not`);
  });
  columns.forEach(checkName);
  // given, not guessed: `float32` is only danfojs's word for numbers, the values stay as they are
  return new DataFrame(
    rows.map((row) => columns.map((column) => row[column])),
    { columns, dtypes: types.map((type) => DTYPES[type]) },
  );
}

type ColumnType = 'number' | 'string' | 'boolean';

const DTYPES: Readonly<Record<ColumnType, string>> = {
  number: 'float32',
  string: 'string',
  boolean: 'boolean',
};

function typeOf(rows: readonly Row[], column: string): ColumnType {
  const wanted = typeof rows[0]![column];
  rows.forEach((row, index) => {
    const value = row[column];
    const isFit =
      typeof value === wanted && value !== null && (wanted !== 'number' || Number.isFinite(value));
    if (!isFit)
      throw new TypeError(
        `a column holds finite numbers, texts or booleans throughout, but "${column}" is ${String(value)} ` +
          `in row ${index + 1}${index > 0 ? ` and a ${wanted} before` : ''}: leave such rows out or give them a value`,
      );
  });
  return wanted as ColumnType;
}

/** danfojs sets each column as a property of the frame, where these would take the place of what its verbs rely on. */
function checkName(column: string): void {
  if (column === '' || column.startsWith('$') || column.startsWith('__') || RELIED_ON.has(column))
    throw new TypeError(
      `a frame cannot have a column named "${column}", which danfojs needs for itself: rename it`,
    );
}

const RELIED_ON: ReadonlySet<string> = new Set(
  (
    'at axis column columns config constructor copy ctypes dtypes iat iloc ' +
    'index isSeries loc ndim shape size tensor values'
  ).split(' '),
);
