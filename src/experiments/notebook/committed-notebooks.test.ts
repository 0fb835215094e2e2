// The notebooks as they are committed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findNotebooks, NOTEBOOKS } from './find-notebooks.js';
import { lintNotebook } from './lint.js';
import { encodeNotebook, readNotebook } from './notebook-file.js';

const names = findNotebooks(NOTEBOOKS, []);

test.each(names)('%s is as notebooks of this project are, and so are its outputs', (name) => {
  expect(lintNotebook(readNotebook(join(NOTEBOOKS, `${name}.ipynb`)))).toEqual([]);
});

test.each(names)('%s is formatted as Jupyter does', (name) => {
  const path = join(NOTEBOOKS, `${name}.ipynb`);

  expect(readFileSync(path, 'utf8') === encodeNotebook(readNotebook(path))).toBe(true);
});
