import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lintOutputs } from './lint-outputs.js';
import type { NotebookOutput } from './notebook-file.js';
import { codeCell, FIRST_CELL, notebookOf, TABLE } from './notebook.testkit.js';

const print = (text: string): NotebookOutput => ({ output_type: 'stream', name: 'stdout', text });
const lintOne = (...outputs: NotebookOutput[]): string[] =>
  lintOutputs(notebookOf([codeCell(FIRST_CELL, [...outputs, TABLE])]));

test.each([
  `${homedir()}/x`,
  fileURLToPath(new URL('.', import.meta.url)),
  'file:///home/jo/logs/a.log',
  'at f (/Users/jo/project/a.ts:1)',
  '/tmp/part-1/x',
  'C:\\Users\\jo\\a.log',
])('a path of one machine is found: %s', (path) => {
  expect(lintOne(print(`written to ${path}`))).toEqual([
    expect.stringMatching(/^cell 1, output 1: holds ".*", a path of one machine/),
  ]);
});

test.each([
  'data/notebooks/x',
  '/var/log/app.log',
  'GET /api/home/jo/cart',
  '/srv/app/tmp/x',
  '../dist/x.js',
])('a path that says nothing of the machine is let pass: %s', (path) => {
  expect(lintOne(print(`read ${path}`))).toEqual([]);
});

test('an output is small, its pictures aside', () => {
  const large = 'x'.repeat(300_001);
  const figure = (data: Record<string, unknown>): NotebookOutput => ({
    output_type: 'display_data',
    data,
    metadata: {},
  });

  expect(lintOne(print(large))).toEqual([
    expect.stringContaining('output 1: has 300001 bytes, at most 300000'),
  ]);
  expect(lintOne(figure({ 'application/vnd.plotly.v1+json': { data: [large] } }))).toHaveLength(1);
  expect(lintOne(figure({ 'image/png': large }))).toEqual([]);
});

test('a notebook is small, with its pictures', () => {
  const picture: NotebookOutput = {
    output_type: 'display_data',
    data: { 'image/png': 'x'.repeat(999_000) },
    metadata: {},
  };

  expect(lintOne(picture)).toEqual([]);
  expect(lintOne(picture, print('y'.repeat(2000)))).toEqual([
    expect.stringMatching(/^the notebook has \d+ bytes, at most 1000000/),
  ]);
});

test('an error is no output to keep', () => {
  const error: NotebookOutput = { output_type: 'error', ename: 'Error', evalue: 'no', traceback: [] };

  expect(lintOne(error)).toEqual(['cell 1, output 1: is an error: Error: no']);
});

test('the last cell shows something', () => {
  expect(lintOutputs(notebookOf([codeCell(FIRST_CELL, [TABLE]), codeCell('f();', [print('done')])]))).toEqual(
    ['cell 2: the last cell must show a table or plot'],
  );
});
