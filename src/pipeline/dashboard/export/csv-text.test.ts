import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvRow } from './csv-text.js';

test.each([
  ['=cmd|" /C calc"!A0', `"'=cmd|"" /C calc""!A0"`],
  ['+1', `"'+1"`],
  ['-2+3', `"'-2+3"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['＝1+1', `"'＝1+1"`],
  ['GET /a;=HYPERLINK("http://evil.example")', `"GET /a;'=HYPERLINK(""http://evil.example"")"`],
  ['b\n=cmd|calc', `"b\n'=cmd|calc"`],
  ['c;  "-1"', `"c;  '""-1"""`],
  ['a; b=1\n  at c-d', '"a; b=1\n  at c-d"'],
  ['plain, with "quotes"', '"plain, with ""quotes"""'],
])('%s is text in a spreadsheet, not a formula', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test('a tab or a line end at the beginning of a cell hides no formula behind it', () => {
  for (const start of ['\t', '\r', '\n']) expect(csvCell(`${start}=1+1`)).toMatch(/^"'/);
});

test('our own numbers, also negative ones, stay numbers', () => {
  expect(csvRow([-1.5, 0, true, null, ['a', '=b']])).toBe(`-1.5,0,true,,"a; '=b"\r\n`);
});

const arbText = fc
  .array(fc.constantFrom(...Array.from('=＝+-@"\'\t\r\n,; a\u202e\u001b\0')), { maxLength: 9 })
  .map((characters) => characters.join(''));

test('law: whatever a log says, a row is read back as one row of as many cells, none a formula', () => {
  fc.assert(
    fc.property(fc.array(arbText, { minLength: 1, maxLength: 6 }), (texts) => {
      const line = csvRow(texts);

      const cells = [...line.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/gy)];
      expect(cells.map(([whole]) => whole).join('')).toBe(line);
      expect(cells).toHaveLength(texts.length);
      for (const [, text] of cells) expect(text).not.toMatch(/^[=+\-@\t\r\n]/);
      expect(readCells(line, ',')).toHaveLength(texts.length);
    }),
  );
});

test('law: no cell is a formula for a reader who separates by semicolons or tabs either', () => {
  const arbRows = fc.array(fc.array(arbText, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(arbRows, fc.constantFrom(',', ';', '\t'), (rows, separator) => {
      const cells = readCells(rows.map(csvRow).join(''), separator);

      expect(cells.filter((cell) => /^\s*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

/** As spreadsheets read it: a quote counts at the beginning of a cell, and within such a one two stand for one. */
function readCells(text: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let [cell, isQuoted, isStart] = ['', false, true];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (isQuoted && sign === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (isQuoted) {
      if (sign === '"') isQuoted = false;
      else cell += sign;
    } else if (sign === '"' && isStart) [isQuoted, isStart] = [true, false];
    else if (sign === separator || sign === '\n') {
      cells.push(cell);
      [cell, isStart] = ['', true];
    } else if (sign !== '\r') [cell, isStart] = [cell + sign, false];
  }
  return cells;
}
