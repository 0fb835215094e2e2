import { expect, test } from 'vitest';
import { createPane } from '../window/pane.js';
import type { CompiledVocabulary } from './compiled-vocabulary.js';
import { rememberPanes } from './pane-memory.js';

const api = { windows: 1 } as CompiledVocabulary;
const db = { windows: 2 } as CompiledVocabulary;

test('a pane is looked at once, and again when it got a record or another source asks', () => {
  const looks: number[] = [];
  const recordsOf = rememberPanes(2, (_, pane) => looks.push(pane.records));
  const pane = createPane(7);

  recordsOf(api, pane);
  recordsOf(api, pane);
  pane.records = 1;
  recordsOf(api, pane);
  recordsOf(db, pane);

  expect(looks).toEqual([0, 1, 1]);
});

test('panes that share a place never get what was made of the other, nor do those before 1970', () => {
  const hopOf = rememberPanes(3, (_, pane) => pane.hop);

  for (const hop of [1, 4, 1, -2, -1, 4, 7]) expect(hopOf(api, createPane(hop))).toBe(hop);
});
