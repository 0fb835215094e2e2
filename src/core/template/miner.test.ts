import { expect, test } from 'vitest';
import { createMatcher, createMiner } from './miner.js';
import type { MinerName, TemplateDictionary } from './template.js';

function dictionaryOf(name: MinerName): TemplateDictionary {
  const miner = createMiner(name);
  for (const i of [1, 2, 3]) miner.learn(`request ${i} done`, 'api');
  return JSON.parse(JSON.stringify(miner.freeze())) as TemplateDictionary;
}

test.each(['shape', 'drain'] as const)(
  '%s: what was learned is matched by the matcher of that name',
  (name) => {
    const dictionary = dictionaryOf(name);

    const matcher = createMatcher(dictionary);

    expect(dictionary.miner).toBe(name);
    expect(dictionary.templates[matcher.match('request 77 done')]?.text).toBe('request <*> done');
    expect(matcher.match('quite another message')).toBe(-1);
  },
);

test('an unknown miner is refused by name', () => {
  expect(() => createMiner('constructor' as MinerName)).toThrow('one of shape, drain, got "constructor"');
});

test.each([
  ['no object', null, 'it should be an object, got null'],
  ['another version', { version: 2 }, 'version should be 1, got 2'],
  ['an unknown miner', { miner: '__proto__' }, 'miner should be one of shape, drain, got "__proto__"'],
  ['no templates', { templates: undefined }, 'templates should be a list, got undefined'],
  ['a template without a count', { templates: [{ id: '0'.repeat(16), text: '' }] }, 'templates[0] should be'],
  [
    'an id twice',
    { templates: [1, 2].map(() => ({ id: '0'.repeat(16), text: '', count: 1 })) },
    'sorted by id',
  ],
  ['an alias that is no id', { aliases: { a: 'b' } }, 'aliases should be'],
  ['a negative overflow', { overflowCount: -1 }, 'overflowCount should be a whole number from 0 on, got -1'],
  ['no tables', { tables: null }, 'tables.shapes should be a list of 16 hex digits'],
  ['a shape that is no hash', { tables: { shapes: ['zz'] } }, 'tables.shapes should be'],
  [
    'a template index out of range',
    { tables: { shapes: ['0'.repeat(16)], templateOf: [9] } },
    'tables.templateOf',
  ],
  [
    'a slot beyond the length',
    {
      tables: {
        shapes: [],
        templateOf: [],
        patterns: [{ hash: '0'.repeat(16), length: 2, slots: [2], template: 0 }],
      },
    },
    'tables.patterns should be',
  ],
])('a dictionary with %s is refused, saying what was wanted and what came', (_, change, message) => {
  const damaged = change === null ? null : { ...dictionaryOf('shape'), ...change };

  expect(() => createMatcher(damaged as unknown as TemplateDictionary)).toThrow(message);
});
