import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { figureHash } from './figure-json.js';
import { readPictures } from './picture-shelf.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'loghorn-shelf-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LOAD = { data: [{ x: [1, 2], y: [0.5, 0.25] }], layout: { height: 300 } };
const ERRORS = { data: [{ x: [1, 2], y: [7, 9] }] };

test('a picture is found by the figure beside it, however the editor wrote the notebook', () => {
  write('01-load.ipynb', [
    { data: { 'application/vnd.plotly.v1+json': LOAD, 'image/png': 'bG9hZA==\n' } },
    { data: { 'text/plain': 'no figure' } },
    { output_type: 'stream', text: 'hello' },
  ]);
  write('02-errors.ipynb', [
    { data: { 'image/png': ['ZXJy', 'b3Jz'], 'application/vnd.plotly.v1+json': ERRORS } },
  ]);

  const pictures = readPictures(folder);

  expect(pictures.get(figureHash(LOAD))).toBe('bG9hZA==');
  expect(pictures.get(figureHash(ERRORS))).toBe('ZXJyb3Jz');
  expect(pictures.get(figureHash({ ...LOAD, layout: { height: 301 } }))).toBeUndefined();
  expect(pictures.size).toBe(2);
});

test('a broken notebook and a folder that is not there hold no pictures', () => {
  writeFileSync(join(folder, '03-broken.ipynb'), '{"cells": [{"outputs": [');

  expect(readPictures(folder).size).toBe(2);
  expect(readPictures(join(folder, 'nowhere')).size).toBe(0);
});

function write(name: string, outputs: readonly object[]): void {
  const cells = [{ cell_type: 'markdown' }, { cell_type: 'code', outputs }];
  writeFileSync(join(folder, name), JSON.stringify({ cells }));
}
