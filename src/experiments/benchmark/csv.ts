// Tables that others publish as CSV (RFC 4180), small enough to be held as text.

/** Cells by the names in the table's first line. */
export type CsvRow = Readonly<Record<string, string>>;

/**
 * Fields end at commas, rows at LF or CRLF; a field in double quotes may hold either, and `""` for a quote.
 *
 * @throws RangeError naming the row that has another number of fields than the first one
 */
export function parseCsv(text: string): readonly CsvRow[] {
  const [names, ...rows] = splitRows(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  if (names === undefined) return [];
  return rows.map((cells, index) => {
    if (cells.length !== names.length) {
      throw new RangeError(
        `row ${index + 2} of the table has ${cells.length} fields, the first has ${names.length}: is it whole, and separated by commas?`,
      );
    }
    return Object.fromEntries(names.map((name, column) => [name, cells[column]!]));
  });
}

/** A quoted field, or one without quotes; then what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r?\n|$)/gy;

function splitRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length || row.length > 0) {
    const match = FIELD.exec(text);
    if (!match) {
      throw new RangeError(
        `row ${rows.length + 1} of the table has a quote that does not end or ends too early`,
      );
    }
    const [, quoted, plain = '', end] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
