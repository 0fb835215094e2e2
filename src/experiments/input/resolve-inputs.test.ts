import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createLogFolder } from './input.testkit.js';
import { InputError, resolveInputs } from './resolve-inputs.js';

const folder = createLogFolder();
afterAll(() => folder.remove());
const names = (...named: string[]): readonly string[] =>
  resolveInputs(named).map(({ path }) => basename(path));

test('a folder stands for the logs in it, sorted, without what is beside them', () => {
  for (const name of [
    'b.log',
    'a.ndjson',
    'c.log.gz',
    'd.log.1',
    'messages',
    'labels.json',
    'plot.png',
    'notes.md',
  ])
    folder.write(join('mixed', name), 'x');
  folder.write('mixed/deeper.log/inner.txt', 'x');

  expect(names(join(folder.path, 'mixed'))).toEqual(['a.ndjson', 'b.log', 'c.log.gz', 'd.log.1', 'messages']);
});

test('a folder without logs is refused with what would be one', () => {
  folder.write('bare/readme.md', 'x');

  expect(() => names(join(folder.path, 'bare'))).toThrow(InputError);
  expect(() => names(join(folder.path, 'bare'))).toThrow(/holds no logs \(\*\.log, /);
});

test('a glob stands for its matches, sorted; one without a match is refused', () => {
  for (const name of ['x2.log', 'x1.log', 'y.log']) folder.write(join('glob', name), 'x');

  expect(names(join(folder.path, 'glob', 'x*.log'))).toEqual(['x1.log', 'x2.log']);
  expect(() => names(join(folder.path, 'glob', 'z*'))).toThrow(/there is no file, folder or match for /);
});

test('a file is taken whatever it is called, and once however often it is named', () => {
  const path = folder.write('odd [name].bin', 'x');

  expect(resolveInputs([path, path])).toEqual([{ path, bytes: 1, defaultSource: 'odd [name].bin' }]);
});

test('a dash is standard input', () => {
  expect(resolveInputs(['-'])).toEqual([{ path: '-', bytes: 0, defaultSource: 'stdin' }]);
});

test('nothing at all is refused', () => {
  expect(() => resolveInputs([])).toThrow('no input: name a file, a folder, a glob or - for standard input');
});

test.each([
  ['nova-api.2026-01-01.log.gz', 'nova-api'],
  ['app.log', 'app'],
  ['app.log.1', 'app'],
  ['server-2.log', 'server'],
  ['.log', 'log'],
])('records of %s that name no source are of %s', (name, source) => {
  const path = folder.write(join('sources', name), 'x');

  expect(resolveInputs([path])[0]?.defaultSource).toBe(source);
});
