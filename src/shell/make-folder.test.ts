import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './make-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('all that is missing on the way is made, and what is there is left', () => {
  makeFolder(join(folder, 'a', 'b', 'c'));
  makeFolder(join(folder, 'a', 'b', 'c'));

  expect(existsSync(join(folder, 'a', 'b', 'c'))).toBe(true);
});

test('a file in the way is said, and below it there is no folder', () => {
  writeFileSync(join(folder, 'file'), '');

  expect(() => makeFolder(join(folder, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(folder, 'file', 'x'))).toThrow('ENOTDIR');
});

test.runIf(existsSync('/proc'))('where the system has no such place it says so and does not hang', () => {
  expect(() => makeFolder('/proc/nope/deeper')).toThrow('ENOENT');
});
