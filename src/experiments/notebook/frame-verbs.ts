// What notebooks ask of a frame, done by danfojs behind guards: each verb keeps away from what danfojs gets wrong
// (several keys joined with "-", keys that every object has, texts sorted by the machine's language).
import type { DataFrame } from 'danfojs-node';
import { frameOf } from './frame.js';
import { type Row, rowsOf } from './row.js';

/**
 * One row a group, in the order in which the groups first appear: the key, how many `rows` it has, and their means.
 *
 * @param key a column of texts
 * @param columns columns of numbers
 * @throws TypeError when a column is not there or of another type
 */
export function groupMeans(frame: DataFrame, key: string, columns: readonly string[]): DataFrame {
  checkType(frame, key, 'string');
  columns.forEach((column) => checkType(frame, column, 'float32'));
  const taken = [key, ...columns].includes('rows');
  if (taken || columns.length === 0)
    throw new TypeError(
      `groupMeans needs at least one column of numbers, and none named "rows", got ${columns.join(', ') || 'none'}`,
    );
  // danfojs looks groups up in a plain object: with a prefix no key is one of its own ("constructor")
  const guarded = frameOf(rowsOf(frame).map((row) => ({ ...row, [key]: `:${String(row[key])}` })));
  const wanted = Object.fromEntries(columns.map((column) => [column, ['mean', 'count']]));
  const grouped = guarded.groupby([key]).agg(wanted);
  // by position: the key, then mean and count of each column
  return frameOf(
    (grouped.values as (string | number)[][]).map(([group, ...figures]) => ({
      [key]: String(group).slice(1),
      rows: figures[1]!,
      ...Object.fromEntries(columns.map((column, index) => [column, figures[2 * index]!])),
    })),
  );
}

/**
 * The frame sorted by a column of numbers; rows of equal value stay in their order.
 *
 * @throws TypeError when the column is not there or no column of numbers: danfojs sorts texts by the machine's language
 */
export function sortBy(
  frame: DataFrame,
  column: string,
  direction: 'ascending' | 'descending' = 'ascending',
): DataFrame {
  checkType(frame, column, 'float32');
  return frame.sortValues(column, { ascending: direction === 'ascending' });
}

/**
 * One row a column of numbers: its `name`, `rows`, `mean`, `std` (sample, n - 1), `min`, `median`, `max`.
 *
 * @throws RangeError below two rows, which have no standard deviation, TypeError when no column holds numbers
 */
export function describe(frame: DataFrame): DataFrame {
  const columns = frame.columns.filter((_, index) => frame.dtypes[index] === 'float32');
  if (columns.length === 0) throw new TypeError('describe needs a column of numbers, and the frame has none');
  if (frame.shape[0]! < 2) throw new RangeError('describe needs at least two rows, got 1');
  const described = frame.loc({ columns: [...columns] }).describe();
  const values = described.values as number[][];
  return frameOf(
    columns.map((name, index): Row => {
      const [rows, mean, std, min, median, max] = values.map((figures) => figures[index]!);
      return { name, rows: rows!, mean: mean!, std: std!, min: min!, median: median!, max: max! };
    }),
  );
}

const TYPE_NAMES: Readonly<Record<string, string>> = { string: 'texts', float32: 'numbers' };

function checkType(frame: DataFrame, column: string, dtype: string): void {
  const columns = frame.columns;
  const found = frame.dtypes[columns.indexOf(column)];
  if (found === undefined)
    throw new TypeError(`there is no column "${column}"; the frame has ${columns.join(', ')}`);
  if (found !== dtype) throw new TypeError(`column "${column}" must hold ${TYPE_NAMES[dtype]}, got ${found}`);
}
