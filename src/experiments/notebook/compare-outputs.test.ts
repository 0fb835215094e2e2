import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareOutputs } from './compare-outputs.js';
import { encodeNotebook, type Notebook, type NotebookOutput, parseNotebook } from './notebook-file.js';
import { codeCell, markdownCell, notebookOf } from './notebook.testkit.js';

const print = (text: string, name: 'stdout' | 'stderr' = 'stdout'): NotebookOutput => ({
  output_type: 'stream',
  name,
  text,
});
const display = (data: Record<string, unknown>): NotebookOutput => ({
  output_type: 'display_data',
  data,
  metadata: {},
});
const withOutputs = (...outputs: NotebookOutput[]): Notebook =>
  notebookOf([markdownCell('# Why?'), codeCell('f();', outputs)]);

test('the first line that differs is named', () => {
  const committed = withOutputs(print('same\n'), display({ 'text/plain': 'a\nb\nc' }));
  const fresh = withOutputs(print('same\n'), display({ 'text/plain': 'a\nB\nc' }));

  expect(compareOutputs(committed, fresh)).toEqual([
    'cell 2, output 2, line 2\n  committed: text/plain: b\n  came:      text/plain: B',
  ]);
});

test('of a long line the part that differs is shown, and plain text before markup', () => {
  const table = (value: string): NotebookOutput =>
    display({
      'text/html': `<table>${'<td>1</td>'.repeat(100)}<td>${value}</td></table>`,
      'text/plain': 'same',
    });

  const [difference] = compareOutputs(withOutputs(table('apples')), withOutputs(table('pears')));
  expect(difference).toMatch(/committed: ….*<td>apples<\/td>/);
  expect(difference).toMatch(/came: {6}….*<td>pears<\/td>/);
  expect(difference!.length).toBeLessThan(450);
  expect(
    compareOutputs(
      withOutputs(display({ 'text/html': '<b>1</b>', 'text/plain': '1' })),
      withOutputs(display({ 'text/html': '<b>2</b>', 'text/plain': '2' })),
    ),
  ).toEqual([expect.stringContaining('text/plain: 1')]);
});

test('a line, an output or a picture too many or too few is a difference', () => {
  const differences = (a: NotebookOutput[], b: NotebookOutput[]): string[] =>
    compareOutputs(withOutputs(...a), withOutputs(...b));

  expect(differences([print('a')], [print('a\nb')])).toEqual([
    'cell 2, output 1, line 2\n  committed: (nothing)\n  came:      stdout: b',
  ]);
  expect(differences([], [print('a')])).toHaveLength(1);
  expect(differences([print('a')], [])).toHaveLength(1);
  expect(differences([print('a')], [print('a', 'stderr')])).toHaveLength(1);
  expect(differences([display({ 'image/png': 'iVBO' })], [display({})])).toHaveLength(1);
  expect(differences([display({ 'image/png': 'iVBO' })], [display({ 'image/png': 'iVBP' })])).toEqual([
    expect.stringContaining('image/png: 4 characters, sha256 '),
  ]);
});

test('how texts are cut, how keys are ordered and what a cell counts is no difference', () => {
  const figure = { 'application/vnd.plotly.v1+json': { data: [{ x: [1, 2.5], y: [] }], layout: {} } };
  const turned = { 'application/vnd.plotly.v1+json': { layout: {}, data: [{ y: [], x: [1, 2.5] }] } };
  const committed = withOutputs(print('a\nb\n'), display({ 'image/png': 'iVBO', ...figure }));
  const fresh = withOutputs(print('a\n'), print('b\n'), display({ ...turned, 'image/png': 'iVBO\n' }));
  const counted = { ...fresh, cells: fresh.cells.map((cell) => ({ ...cell, execution_count: 7 })) };

  expect(compareOutputs(committed, counted)).toEqual([]);
});

test('what depends on the speed of the machine is left aside', () => {
  const measured = (text: string): Notebook => notebookOf([codeCell('f();', [print(text)], ['measured'])]);

  expect(compareOutputs(measured('3 ms'), measured('4 ms'))).toEqual([]);
});

test('another code is said to be so', () => {
  expect(compareOutputs(notebookOf([codeCell('f();')]), notebookOf([codeCell('g();')]))).toEqual([
    'cell 1, its code: it is another than the committed one',
  ]);
});

test('a notebook that was written and read is the same, and none is the same as one with another word', () => {
  const arbText = fc
    .array(fc.constantFrom('200', 'GET', ' ', '\n', '\r', '…', '\u2028'))
    .map((all) => all.join(''));
  fc.assert(
    fc.property(arbText, arbText, (a, b) => {
      const notebook = withOutputs(print(a), display({ 'text/plain': b }));
      const back = parseNotebook(encodeNotebook(notebook), 'x');

      expect(compareOutputs(notebook, back)).toEqual([]);
      expect(compareOutputs(withOutputs(print(a), display({ 'text/plain': `${b}!` })), back)).toHaveLength(1);
    }),
  );
});
