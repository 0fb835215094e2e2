import { expect, test } from 'vitest';
import { createRunLog } from './run-log.js';

function logTo(isTTY: boolean): string {
  let text = '';
  const log = createRunLog({ isTTY, write: (part: string) => (text += part) });
  log.cell('01-data', 0, 3);
  log.cell('02-more', 1, 4);
  log.finished({ name: '01-data', cells: 5, status: 'written', problems: [] }, 2.345);
  return text;
}

test('a log gets one line a notebook', () => {
  expect(logTo(false)).toBe('01-data: written, 5 cells, 2.3 s\n');
});

test('a terminal shows how far each notebook is', () => {
  expect(logTo(true).replaceAll('\r\u001B[K', '\n')).toBe(
    '\n01-data cell 1 of 3\n01-data cell 1 of 3 · 02-more cell 2 of 4\n01-data: written, 5 cells, 2.3 s\n\n02-more cell 2 of 4',
  );
});
