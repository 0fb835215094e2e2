import { expect, test } from 'vitest';
import { lintStructure } from './lint-structure.js';
import { codeCell, FIRST_CELL, goodNotebook, markdownCell, notebookOf } from './notebook.testkit.js';

const title = markdownCell('# How many records?');

test('a notebook as it should be is let pass', () => {
  expect(lintStructure(goodNotebook('show(records);'))).toEqual([]);
});

test.each([
  [
    'no title',
    [markdownCell('Records'), codeCell(FIRST_CELL)],
    'cell 1: must be markdown that starts with "# "',
  ],
  [
    'code before the parameters',
    [title, codeCell('const x = 1;'), codeCell(FIRST_CELL)],
    'cell 2: the first code cell must name the parameters',
  ],
  ['no code', [title], 'there is no code cell'],
  [
    'text at the end',
    [title, codeCell(FIRST_CELL), markdownCell('So it is.')],
    'cell 3: the last cell must be code that shows a table or plot',
  ],
  [
    'a summary',
    [title, markdownCell('Text.\n\n## Summary of findings'), codeCell(FIRST_CELL)],
    'cell 2: is a summary',
  ],
  [
    'a long cell',
    [title, codeCell(FIRST_CELL), codeCell(Array.from({ length: 26 }, (_, i) => `f(${i});`).join('\n'))],
    'cell 3: has 26 lines, at most 25',
  ],
  ['an empty cell', [title, codeCell(FIRST_CELL), codeCell(' \n')], 'cell 3: is empty'],
])('%s is refused', (_, cells, problem) => {
  const problems = lintStructure(notebookOf(cells));

  expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
});

test('cells have ids, each its own', () => {
  const [first, second] = goodNotebook().cells;
  const withoutId = markdownCell('Text.');
  const notebook = { ...goodNotebook(), cells: [first!, withoutId, { ...second!, id: first!.id! }] };

  expect(lintStructure(notebook)).toEqual([
    'cell 2: has no id',
    'cell 3: has the id "cell-1" of an earlier cell',
  ]);
});

test('the kernel is tslab, the format has ids', () => {
  const notebook = { ...goodNotebook(), metadata: { kernelspec: { name: 'python3' } }, nbformat_minor: 4 };

  expect(lintStructure(notebook)).toEqual([
    expect.stringContaining('nbformat must be 4.5'),
    'metadata.kernelspec.name must be "tslab", got "python3"',
  ]);
});
