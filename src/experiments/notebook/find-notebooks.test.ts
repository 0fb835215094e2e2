import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findNotebooks } from './find-notebooks.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-find-'));
  for (const name of ['02-features.ipynb', '01-data.ipynb', '01-data-more.ipynb', 'notes.txt'])
    writeFileSync(join(folder, name), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('all are found, in order', () => {
  expect(findNotebooks(folder, [])).toEqual(['01-data', '01-data-more', '02-features']);
});

test('some are named, by the start of the name, the name or the file', () => {
  expect(findNotebooks(folder, ['02', '01-data'])).toEqual(['01-data', '02-features']);
  expect(findNotebooks(folder, ['notebooks/01-data-more.ipynb'])).toEqual(['01-data-more']);
});

test('what is not there, or could be several, is refused', () => {
  expect(() => findNotebooks(folder, ['03'])).toThrow(
    'there is no notebook "03"; there are 01-data, 01-data-more, 02-features',
  );
  expect(() => findNotebooks(folder, ['01'])).toThrow('"01" could be 01-data or 01-data-more');
  expect(() => findNotebooks(folder, [''])).toThrow('there is no notebook ""');
  expect(() => findNotebooks(join(folder, 'none'), [])).toThrow('there is no folder');
});
