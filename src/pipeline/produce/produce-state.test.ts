import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readProduceState, writeProduceState } from './produce-state.js';

const folder = mkdtempSync(join(tmpdir(), 'loghorn-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a state is read as it was written, and a missing one is a beginning', () => {
  const path = join(folder, 'sub', 'state.json');
  const { state, isNew } = readProduceState(path, 'file:/a', 'kafka://h:1/t');
  const later = { ...state, position: { lines: 3 }, ends: { 0: { offset: 7, own: 2 } } };

  writeProduceState(path, later);

  expect(isNew).toBe(true);
  expect(readProduceState(path, 'file:/a', 'kafka://h:1/t')).toEqual({ state: later, isNew: false });
});

test('the state of another input or topic is refused', () => {
  const path = join(folder, 'other.json');
  writeProduceState(path, readProduceState(path, 'file:/a', 'kafka://h:1/t').state);

  expect(() => readProduceState(path, 'file:/b', 'kafka://h:1/t')).toThrow('file:/a to kafka://h:1/t');
  expect(() => readProduceState(path, 'file:/a', 'kafka://h:1/u')).toThrow('--state file of its own');
});

test('a file that is no state is refused instead of overwritten', () => {
  const path = join(folder, 'notes.txt');
  writeFileSync(path, 'remember the milk');

  expect(() => readProduceState(path, 'file:/a', 'kafka://h:1/t')).toThrow('is no state of a producer');
});
