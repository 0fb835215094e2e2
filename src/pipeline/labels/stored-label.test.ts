import { expect, test } from 'vitest';
import { parseLabel, storedLabelOf } from './stored-label.js';

const label = {
  id: 'a1',
  kind: 'error-spike',
  category: 'point',
  startMs: 1000,
  endMs: 61_000,
  onsetMs: 1500,
  services: ['payment', 'checkout'],
  rootService: 'payment',
  strength: 0.7,
};

test('a label is read from its message as the producer wrote it', () => {
  const { category: _, ...rest } = label;

  expect(parseLabel(JSON.stringify(label))).toEqual({ ...rest, isCanary: false });
  expect(parseLabel(JSON.stringify({ ...label, isCanary: true }))?.isCanary).toBe(true);
  expect(storedLabelOf(label).isCanary).toBe(false);
});

test.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['a text', '"label"'],
  ['no times', JSON.stringify({ ...label, startMs: null })],
  ['times that no date holds', JSON.stringify({ ...label, endMs: 1e300 })],
  ['an end before its start', JSON.stringify({ ...label, endMs: 10 })],
  ['services that are no names', JSON.stringify({ ...label, services: [{}] })],
  ['a strength beyond 1', JSON.stringify({ ...label, strength: 7 })],
  ['an empty id', JSON.stringify({ ...label, id: '' })],
])('%s is no label', (_, text) => {
  expect(parseLabel(text)).toBeUndefined();
});
