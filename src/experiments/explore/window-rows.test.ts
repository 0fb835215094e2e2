import { expect, test } from 'vitest';
import { fakeTable, WINDOW_MS } from './fake-table.testkit.js';
import { fittedWindowRows } from './window-rows.js';

test('only windows that end within the fit are rows, by service and time', () => {
  const table = fakeTable(
    {
      cart: { log_count: [1, 2, 3], error_count: [0, 1, 0] },
      mail: { log_count: [4, 5, 6], error_count: [7, 8, 9] },
    },
    2 * WINDOW_MS,
  );

  const rows = fittedWindowRows(table, ['error_count']);

  expect(rows).toEqual([
    { service: 'cart', error_count: 0 },
    { service: 'cart', error_count: 1 },
    { service: 'mail', error_count: 7 },
    { service: 'mail', error_count: 8 },
  ]);
});

test('a feature that the spec does not have is named', () => {
  const table = fakeTable({ cart: { log_count: [1] } });

  expect(() => fittedWindowRows(table, ['lag'])).toThrow('there is no feature "lag"');
});
