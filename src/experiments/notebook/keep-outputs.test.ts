import { expect, test } from 'vitest';
import { keepOutputs } from './keep-outputs.js';
import type { NotebookOutput } from './notebook-file.js';
import { codeCell, markdownCell, notebookOf } from './notebook.testkit.js';

const print = (text: string): NotebookOutput => ({ output_type: 'stream', name: 'stdout', text });
const notebook = notebookOf([
  markdownCell('# How fast?'),
  codeCell('count();', [print('1')]),
  codeCell('time();', [print('3 ms')], ['measured']),
  codeCell('time();', [], ['measured']),
]);
const outputs = new Map([1, 2, 3].map((place) => [place, [print(`new ${place}`)]]));
const textsOf = (refreshMeasured: boolean): unknown[] =>
  keepOutputs(notebook, { outputs, languageInfo: { name: 'typescript' } }, refreshMeasured).cells.map(
    ({ outputs }) => outputs?.map((output) => output.output_type === 'stream' && output.text),
  );

test('outputs are new, but those that were measured stay; where there are none yet, they come', () => {
  expect(textsOf(false)).toEqual([undefined, ['new 1'], ['3 ms'], ['new 3']]);
});

test('measured outputs are taken anew when that is asked for', () => {
  expect(textsOf(true)).toEqual([undefined, ['new 1'], ['new 2'], ['new 3']]);
});

test('code cells are counted from 1', () => {
  expect(
    keepOutputs(notebook, { outputs, languageInfo: { name: 'typescript' } }, false).cells.map(
      (cell) => cell.execution_count,
    ),
  ).toEqual([undefined, 1, 2, 3]);
});

test('the language is named as the kernel names it', () => {
  const { metadata } = keepOutputs(notebook, { outputs, languageInfo: { name: 'typescript' } }, false);

  expect(metadata).toEqual({ ...notebook.metadata, language_info: { name: 'typescript' } });
});
