import { expect, test } from 'vitest';
import { frameOf } from './frame.js';
import { rowsOf } from './row.js';

test('rows come back as they went in, all digits kept', () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({
    source: index % 2 ? 'api' : '007',
    // whole numbers first: from 20 of them danfojs would guess a column of integers
    score: index < 25 ? index : 0.1 + index,
    startMs: 1_772_400_000_123 + index,
    isAlert: index === 3,
  }));

  expect(rowsOf(frameOf(rows))).toEqual(rows);
});

test('a column of two types is refused, with the row', () => {
  expect(() => frameOf([{ score: 1 }, { score: '1' }])).toThrow(
    '"score" is 1 in row 2 and a number before: leave such rows out',
  );
});

test('a gap is refused, as danfojs would count it as 0', () => {
  expect(() => frameOf([{ score: 1 }, { score: null }])).toThrow('"score" is null in row 2');
  expect(() => frameOf([{ score: NaN }])).toThrow('"score" is NaN in row 1');
  expect(() => frameOf([{ score: 1, source: 'a' }, { score: 1 }])).toThrow('"source" is undefined in row 2');
});

test('a column that not all rows have is refused', () => {
  expect(() => frameOf([{ score: 1 }, { score: 2, source: 'a' }])).toThrow('row 2 has a column "source"');
});

test('a name that would replace a part of the frame is refused', () => {
  for (const name of ['index', 'values', 'columns', 'constructor', '$data', ''])
    expect(() => frameOf([{ [name]: 1 }])).toThrow(`named "${name}"`);
});

test('no rows are refused, as they have no columns', () => {
  expect(() => frameOf([])).toThrow('at least one row');
});
