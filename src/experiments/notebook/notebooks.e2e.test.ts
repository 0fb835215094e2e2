// `loghorn notebooks` as a user runs it, on small notebooks that each go wrong in one way.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeNotebook, type Notebook, readNotebook } from './notebook-file.js';
import { codeCell, FIRST_CELL, markdownCell, notebookOf } from './notebook.testkit.js';

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));
const SHOW = `import { showTable } from '../dist/experiments/notebook/show-table.js';
showTable([{ records: records, isMany: records > 5 }]);`;

let project = '';
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'loghorn-notebooks-'));
  mkdirSync(join(project, 'notebooks'));
  // cells import what src/ has been compiled to from beside the notebooks
  symlinkSync(DIST, join(project, 'dist'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const pathOf = (name: string): string => join(project, 'notebooks', `${name}.ipynb`);
const textOfFile = (name: string): string => readFileSync(pathOf(name), 'utf8');

/** A title, the parameter `records`, these cells, and a table of it. */
function write(name: string, ...codes: readonly string[]): Notebook {
  const cells = [FIRST_CELL, ...codes, SHOW].map((code) =>
    codeCell(code, [], code.includes('performance') ? ['measured'] : []),
  );
  const notebook = notebookOf([markdownCell('# How many records?'), ...cells]);
  writeFileSync(pathOf(name), encodeNotebook(notebook));
  return notebook;
}

interface Ran {
  readonly code: number | null;
  readonly statuses: readonly string[];
  readonly err: string;
}

function notebooks(...words: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(DIST, 'cli.js'), 'notebooks', '--folder', 'notebooks', ...words],
    { cwd: project, encoding: 'utf8' },
  );
  const printed = stdout === '' ? [] : (JSON.parse(stdout) as { notebooks: { status: string }[] }).notebooks;
  return { code: status, statuses: printed.map((each) => each.status), err: stderr };
}

test('a run writes the outputs, and the next one changes no byte', () => {
  write(
    '01-good',
    "console.log('one');\nconsole.log('two');\nconsole.error('beware');",
    'void performance.now();',
  );

  const first = notebooks();
  const text = textOfFile('01-good');
  const second = notebooks('01');

  expect(first).toMatchObject({ code: 0, statuses: ['written'] });
  expect(first.err).toMatch(/^01-good: written, 5 cells, \d+\.\d s\n$/);
  expect(
    readNotebook(pathOf('01-good'))
      .cells.slice(2)
      .map(({ outputs }) => outputs),
  ).toEqual([
    [
      { output_type: 'stream', name: 'stdout', text: ['one\n', 'two\n'] },
      { output_type: 'stream', name: 'stderr', text: ['beware\n'] },
    ],
    [],
    [expect.objectContaining({ output_type: 'display_data' })],
  ]);
  expect(second).toMatchObject({ code: 0, statuses: ['unchanged'] });
  expect(textOfFile('01-good')).toBe(text);
});

test.each([
  ['a cell that throws', "throw new Error('no such window');", ['in cell 3: it failed', 'no such window']],
  ['a type error', "const n: number = 'x';", ["1:7 - Type 'string' is not assignable to type 'number'"]],
  [
    'a rejection that nothing awaits',
    "void Promise.reject(new Error('nobody listens'));",
    ['in cell 3: an error that nothing awaited or caught', 'nobody listens'],
  ],
  [
    'an error that comes after the last cell',
    "setTimeout(() => { throw new Error('too late'); }, 900);",
    ['after the last cell', 'too late'],
  ],
  ['the end of the process', 'process.exit(0);', ['in cell 3: the kernel ended by itself (exit code 0)']],
  [
    'more output than Jupyter takes',
    'for (let i = 0; i < 401; i++) console.log(i);',
    ['in cell 3: it wrote to the console 401 times'],
  ],
])('%s fails the run with the cell and its error, and leaves the file alone', (_, code, words) => {
  write('01-bad', code);
  const before = textOfFile('01-bad');

  const ran = notebooks();

  expect(ran).toMatchObject({ code: 1, statuses: ['failed'] });
  for (const word of words) expect(ran.err).toContain(word);
  expect(ran.err).toContain(`  | ${ran.err.includes('last cell') ? SHOW.split('\n')[0] : code}`);
  expect(textOfFile('01-bad')).toBe(before);
});

test('a cell that never ends is stopped at the time-out', () => {
  // as deaf as an endless loop, and leaves the processor to others
  write('01-slow', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);');

  const ran = notebooks('--timeout', '20s');

  expect(ran).toMatchObject({ code: 1, statuses: ['failed'] });
  expect(ran.err).toContain('in cell 3: it was not done after 20 s');
});

test('one notebook that fails does not keep the others from running', () => {
  write('01-bad', "throw new Error('no');");
  write('02-good');

  expect(notebooks()).toMatchObject({ code: 1, statuses: ['failed', 'written'] });
});

test('a check finds what differs and writes nothing', () => {
  write('01-good');
  notebooks();
  const changed = textOfFile('01-good').replaceAll('5', '6').replaceAll("'records', 6", "'records', 5");
  writeFileSync(pathOf('01-good'), changed);

  const ran = notebooks('--check');

  expect(ran).toMatchObject({ code: 1, statuses: ['differs'] });
  expect(ran.err).toMatch(/01-good: cell 3, output 1, line \d+\n {2}committed: .*6.*\n {2}came: {6}.*5/);
  expect(textOfFile('01-good')).toBe(changed);
});

test('measured outputs stay as they are until they are asked for', () => {
  write('01-fast', "console.log('at', performance.now());");
  const outputOf = (): unknown => readNotebook(pathOf('01-fast')).cells[2]!.outputs;
  notebooks();
  const first = outputOf();

  expect(notebooks().statuses).toEqual(['unchanged']);
  expect(notebooks('--check')).toMatchObject({ code: 0, statuses: ['unchanged'] });
  expect(outputOf()).toEqual(first);

  expect(notebooks('--measure').statuses).toEqual(['written']);
  expect(outputOf()).not.toEqual(first);
});

test('a run with parameters is written elsewhere', () => {
  write('01-good');
  const before = textOfFile('01-good');

  const ran = notebooks('--param', 'records=70', '--out', 'other');

  expect(ran).toMatchObject({ code: 0, statuses: ['written'] });
  expect(textOfFile('01-good')).toBe(before);
  expect(readFileSync(join(project, 'other', '01-good.ipynb'), 'utf8')).toContain('>70<');
});

test('wrong words are wrong usage, a wrong value fails its cell, a missing notebook is named', () => {
  write('01-good');

  const misspelt = notebooks('--param', 'record=7');
  const wrongValue = notebooks('--param', 'records=many', '--out', 'other');
  const missing = notebooks('07-nothing');
  const contradiction = notebooks('--check', '--param', 'records=7');

  expect(misspelt.code).toBe(2);
  expect(misspelt.err).toContain('no notebook that was chosen has a parameter "record"; there are records');
  expect(wrongValue.code).toBe(1);
  expect(wrongValue.err).toContain('LOGHORN_RECORDS must be a whole number of at least 1, got "many"');
  expect(missing.code).toBe(1);
  expect(missing.err).toContain('there is no notebook "07-nothing"; there are 01-good');
  expect(contradiction.code).toBe(2);
});

test('a page is written beside, with the outputs of the run', () => {
  write('01-good');

  const ran = notebooks('--html');

  expect(ran).toMatchObject({ code: 0, statuses: ['written'] });
  const page = readFileSync(join(project, 'reports', 'notebooks', '01-good.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain('How many records?');
});

test('what the lint refuses does not run', () => {
  write('01-bad', 'console.log({ records });');

  const ran = notebooks();

  expect(ran).toMatchObject({ code: 1, statuses: ['refused'] });
  expect(ran.err).toContain('01-bad: cell 3, line 1: { records } of an earlier cell is lost');
});
