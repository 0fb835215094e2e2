import { expect, test } from 'vitest';
import { lintCode } from './lint-code.js';
import { codeCell, goodNotebook, notebookOf } from './notebook.testkit.js';

test.each([
  ['shorthand of an earlier variable', 'show({ records });', '{ records } of an earlier cell is lost'],
  ['… inside of a function', 'const f = () => ({ records });', '{ records } of an earlier cell is lost'],
  ['… of an earlier import', 'show({ countParameter });', '{ countParameter } of an earlier cell is lost'],
  ['renaming destructuring', 'const { auc: area } = result;', '{ auc: area } may lose the name'],
  ['… of a parameter', 'rows.map(({ auc: area }) => area);', '{ auc: area } may lose the name'],
  ['an export', 'export const x = 1;', 'a cell exports nothing'],
  ['export of names', 'const x = 1;\nexport { x };', 'a cell exports nothing'],
  ['for await at the top', 'for await (const x of y) z(x);', 'for await at the top'],
  ['import.meta', 'f(import.meta.url);', 'import.meta is not there'],
  ['an import of sources', "import { f } from '../src/f.js';", "imports '../src/f.js'"],
  ['an import of a package', "import { f } from 'pack';", "imports 'pack'"],
  ['a syntax error', 'const = 1;', 'Variable declaration expected'],
])('%s is found', (_, code, problem) => {
  expect(lintCode(goodNotebook(code)).join('\n')).toContain(`cell 3, line `);
  expect(lintCode(goodNotebook(code)).join('\n')).toContain(problem);
});

test.each([
  ['a property with its name', 'show({ records: records });'],
  ['shorthand of the same cell', 'const scores = 1;\nshow({ scores });'],
  ['shorthand of a name that the cell declares anew', 'const records = 1;\nshow({ records });'],
  ['shorthand of a parameter', 'const f = (records: number) => ({ records });'],
  ['shorthand of a destructured parameter', 'const f = ([{ records }]: any) => ({ records });'],
  ['shorthand of a name in a block', 'function f() { const { records } = g(); return { records }; }'],
  ['shorthand of a loop variable', 'for (const records of many) show({ records });'],
  ['destructuring that keeps the name', 'const { auc } = result;'],
  ['for await in a function', 'async function f() { for await (const x of y) z(x); }'],
  [
    'an import of compiled code or of Node',
    "import { f } from '../dist/f.js';\nimport { g } from 'node:fs';",
  ],
])('%s is let pass', (_, code) => {
  expect(lintCode(goodNotebook(code))).toEqual([]);
});

test('a variable of an earlier cell is not changed', () => {
  const notebook = notebookOf(
    [
      'let n = 0;\nn = 1;',
      'n++;',
      'n += 2;',
      'const f = (n: number) => { n = 3; };',
      'let n = 4;\nn = 5;',
    ].map((code) => codeCell(code)),
  );

  expect(lintCode(notebook)).toEqual([
    expect.stringContaining("cell 2, line 1: n is an earlier cell's"),
    expect.stringContaining("cell 3, line 1: n is an earlier cell's"),
  ]);
});
