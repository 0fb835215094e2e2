import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeNotebook, type Notebook, parseNotebook, textOf } from './notebook-file.js';

const notebookOf = (source: string): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    {
      cell_type: 'code',
      id: 'a',
      source,
      metadata: {},
      execution_count: 1,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: source },
        {
          output_type: 'display_data',
          data: { 'text/plain': source, 'image/png': 'iVBO', 'application/json': { b: [1.5], a: [] } },
          metadata: {},
        },
      ],
    },
  ],
});

test('a notebook is written as Jupyter writes it: keys in order, one space a level, texts as lines', () => {
  const text = encodeNotebook(notebookOf('one\ntwo'));

  expect(text).toBe(`{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "a",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "one\\n",
      "two"
     ]
    },
    {
     "data": {
      "application/json": {
       "a": [],
       "b": [
        1.5
       ]
      },
      "image/png": "iVBO",
      "text/plain": [
       "one\\n",
       "two"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "one\\n",
    "two"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`);
});

test('any text comes back, and what was written once is written the same again', () => {
  const arbText = fc
    .array(fc.constantFrom('a', 'é', '"', '\n', '\r\n', '\r', '\f', '\u0085', '\u2028', '\u0000'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(arbText, (source) => {
      const text = encodeNotebook(notebookOf(source));
      const back = parseNotebook(text, 'x.ipynb');

      expect(textOf(back.cells[0]!.source)).toBe(source);
      expect(encodeNotebook(back)).toBe(text);
    }),
  );
});

test('the line ends are those of Python', () => {
  const cell = (JSON.parse(encodeNotebook(notebookOf('a\r\nb\rc\u2028d\fe'))) as Notebook).cells[0]!;

  expect(cell.source).toEqual(['a\r\n', 'b\r', 'c\u2028', 'd\f', 'e']);
});

test.each([
  ['{', 'x.ipynb is no notebook: '],
  ['null', 'x.ipynb is no notebook of format 4: nbformat is undefined'],
  ['{"nbformat":3,"worksheets":[]}', 'x.ipynb is no notebook of format 4: nbformat is 3'],
])('%s is refused by name', (text, message) => {
  expect(() => parseNotebook(text, 'x.ipynb')).toThrow(message);
});
