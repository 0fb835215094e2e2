import { expect, test } from 'vitest';
import { type ComparableRow, compareRows, digestOf } from './parity.js';
import { parityTable, wayTable } from './parity-table.js';

const row = (startMs: number, change: Partial<ComparableRow> = {}): ComparableRow => ({
  source: 'api',
  startMs,
  endMs: startMs + 30_000,
  records: 4,
  score: 0.1 + 0.2,
  threshold: 0.7,
  alert: false,
  features: [4, 0, 1 / 3],
  ...change,
});
const names = ['log_count', 'error_count', 'error_rate'];
const rows = [row(0), row(30_000), row(0, { source: 'db' })];

test('the same windows in another order are the same', () => {
  const parity = compareRows(rows, rows.toReversed(), names);

  expect(parity).toEqual({ windows: 3, missing: 0, values: 24, differing: 0, firstDifference: null });
  expect(digestOf(rows.toReversed())).toBe(digestOf(rows));
});

test.each([
  ['score', { score: 0.3 }, 'score is 0.30000000000000004 and 0.3'],
  ['feature', { features: [4, 0, 1 / 3 + Number.EPSILON / 4] }, 'error_rate is'],
  ['sign of nothing', { features: [4, -0, 1 / 3] }, 'error_count is 0 and 0'],
  ['number of features', { features: [4, 0] }, 'error_rate is 0.3333333333333333 and undefined'],
  ['alert', { alert: true }, 'alert is false and true'],
])('one other bit is seen: %s', (_what, change, sentence) => {
  const came = [row(0), row(30_000, change), row(0, { source: 'db' })];

  const parity = compareRows(rows, came, names);

  expect(parity).toMatchObject({ windows: 3, differing: 1 });
  expect(parity.firstDifference).toContain(`api 1970-01-01T00:00:30.000Z: ${sentence}`);
  expect(digestOf(came)).not.toBe(digestOf(rows));
});

test('a window that only one of them has is missing, on either side', () => {
  expect(compareRows(rows, rows.slice(1), names)).toMatchObject({ windows: 2, missing: 1, differing: 0 });
  expect(compareRows(rows.slice(1), rows, names)).toMatchObject({ windows: 2, missing: 1, differing: 0 });
});

test('a difference is no table but an error that names it', () => {
  const other = [row(0), row(30_000, { records: 5 }), row(0, { source: 'db' })];

  expect(parityTable(compareRows(rows, rows, names))[0]).toMatchObject({ 'values that differ': 0 });
  expect(() => parityTable(compareRows(rows, other, names))).toThrow('records is 4 and 5');
  expect(() => parityTable(compareRows(rows, rows.slice(1), names))).toThrow('1 windows are in one');
  expect(wayTable({ here: rows, there: other }).map(({ way, windows }) => [way, windows])).toEqual([
    ['here', 3],
    ['there', 3],
  ]);
});
