import { expect, test } from 'vitest';
import type { TemplateDictionary } from '../../core/template/template.js';
import { chosenInput } from './chosen-input.js';
import { templateTable } from './template-table.js';

const dictionaryOf = (...counts: readonly number[]): TemplateDictionary => ({
  miner: 'shape',
  version: 1,
  templates: counts.map((count, index) => ({ id: `${index}`, text: `template ${count}`, count })),
  aliases: {},
  overflowCount: 0,
  tables: null,
});

test('both ends of the ranking are shown, and all of a short one', () => {
  const ranks = (...counts: readonly number[]): unknown =>
    templateTable(dictionaryOf(...counts), 2).map(({ rank, records }) => [rank, records]);

  expect(ranks(1, 9, 5, 3, 7, 2)).toEqual([
    [1, 9],
    [2, 7],
    [5, 2],
    [6, 1],
  ]);
  expect(ranks(1, 9, 5)).toEqual([
    [1, 9],
    [2, 5],
    [3, 1],
  ]);
});

test('a log is read by looking unless the first cell says more', () => {
  expect(chosenInput({ pattern: '', timeFormat: '', zone: '' })).toEqual({});
  expect(chosenInput({ pattern: '<Date> <Content>', timeFormat: '%s', zone: '-05:30' })).toEqual({
    pattern: '<Date> <Content>',
    timeFormat: '%s',
    zoneOffsetMinutes: -330,
  });
  expect(() => chosenInput({ pattern: '', timeFormat: '', zone: 'CST' })).toThrow(
    "'CST' is no zone: write for example +02:00",
  );
});
