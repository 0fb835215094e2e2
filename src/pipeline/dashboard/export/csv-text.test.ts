import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvRow } from './csv-text.js';

test.each([
  ['=cmd|" /C calc"!A0', `"'=cmd|"" /C calc""!A0"`],
  ['+1', `"'+1"`],
  ['-2+3', `"'-2+3"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['＝1+1', `"'＝1+1"`],
  ['plain, with "quotes"', '"plain, with ""quotes"""'],
])('%s is text in a spreadsheet, not a formula', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test('a tab or a line end at the beginning of a cell hides no formula behind it', () => {
  for (const start of ['\t', '\r', '\n']) expect(csvCell(`${start}=1+1`)).toMatch(/^"'/);
});

test('our own numbers, also negative ones, stay numbers', () => {
  expect(csvRow([-1.5, 0, true, null, ['a', '=b']])).toBe('-1.5,0,true,,"a; =b"\r\n');
});

test('law: whatever a log says, a row is read back as one row of as many cells, none a formula', () => {
  const arbText = fc
    .array(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '"',
        "'",
        '\t',
        '\r',
        '\n',
        ',',
        ' ',
        'a',
        '\u202e',
        '\u001b',
        '\0',
      ),
      { maxLength: 9 },
    )
    .map((characters) => characters.join(''));
  fc.assert(
    fc.property(fc.array(arbText, { minLength: 1, maxLength: 6 }), (texts) => {
      const line = csvRow(texts);

      const cells = [...line.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/gy)];
      expect(cells.map(([whole]) => whole).join('')).toBe(line);
      expect(cells).toHaveLength(texts.length);
      for (const [, text] of cells) expect(text).not.toMatch(/^[=+\-@\t\r\n]/);
    }),
  );
});
