import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from './csv.js';

test('fields in quotes hold commas, quotes and line breaks', () => {
  const text = 'LineId,Content,EventId\r\n1,"open ""a,b""\nfailed",E1\n2,,E2';

  expect(parseCsv(text)).toEqual([
    { LineId: '1', Content: 'open "a,b"\nfailed', EventId: 'E1' },
    { LineId: '2', Content: '', EventId: 'E2' },
  ]);
});

test('whatever is written as CSV is read as it was', () => {
  const arbCell = fc.oneof(
    fc.constantFrom('', ' ', '<*>', 'size=12,3', 'say "hi"', 'a\nb', '__proto__'),
    fc.string(),
  );
  const write = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  fc.assert(
    fc.property(
      fc.array(fc.tuple(arbCell, arbCell), { minLength: 1 }),
      fc.boolean(),
      (rows, endsWithBreak) => {
        const lines = [['__proto__', 'b'], ...rows].map((row) => row.map(write).join(','));
        const text = lines.join('\n') + (endsWithBreak ? '\n' : '');

        const read = parseCsv(text).map((row) => Object.values(row));

        expect(read).toEqual(rows);
      },
    ),
  );
});

test('a row of another length is named', () => {
  expect(() => parseCsv('a,b\n1,2\n3\n')).toThrow('row 3 of the table has 1 fields, the first has 2');
});

test('a quote that does not end is named by its row', () => {
  expect(() => parseCsv('a,b\n1,"2\n')).toThrow('row 2 of the table has a quote');
});

test('an empty text has no rows', () => {
  expect(parseCsv('')).toEqual([]);
});
