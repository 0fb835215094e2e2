import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { knownModel, noteModel } from './known-model.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loghorn-known-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fitted(version: string): string {
  mkdirSync(join(folder, 'models', version), { recursive: true });
  writeFileSync(join(folder, 'models', version, 'manifest.json'), '{}');
  return join(folder, 'models', version);
}

test('nothing is known before there is a version', () => {
  expect(knownModel(folder, join(folder, 'models'))).toBeUndefined();
});

test('the one that was noted stays the one, also when another was adopted beside it', () => {
  const own = fitted('b-fitted');
  noteModel(folder, 'b-fitted');
  fitted('a-tuned');

  expect(knownModel(folder, join(folder, 'models'))).toBe(own);
});

test('where nothing was noted the only version is meant, and of several somebody has to say it', () => {
  const own = fitted('one');
  expect(knownModel(folder, join(folder, 'models'))).toBe(own);

  fitted('two');
  expect(() => knownModel(folder, join(folder, 'models'))).toThrow(/several versions.*model\.json/);
});

test('one that was noted and deleted is fitted anew', () => {
  noteModel(folder, 'gone');

  expect(knownModel(folder, join(folder, 'models'))).toBeUndefined();
});
