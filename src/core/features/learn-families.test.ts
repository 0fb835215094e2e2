import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Template } from '../template/template.js';
import { learnFamilies } from './learn-families.js';

const template = (id: string, text: string, count = 10): Template => ({ id, text, count });
const TEMPLATES = [
  template('01', 'connection opened to database <*>', 90),
  template('02', 'connection closed to database <*>', 80),
  template('03', 'database connection timed out after <*>', 70),
  template('04', 'payment <*> accepted for order <*>', 60),
  template('05', 'payment <*> declined for order <*>', 50),
  template('06', 'heartbeat', 40),
];

test('templates that share their words are a family, named by them; a loner is none', () => {
  const families = learnFamilies(TEMPLATES);

  expect(families.map(({ templateIds }) => templateIds)).toEqual([
    ['01', '02', '03'],
    ['04', '05'],
  ]);
  expect(families[0]?.name.split('_')).toHaveLength(2);
  expect(families[0]?.name).toContain('connection');
});

test('the order of the templates changes nothing', () => {
  const expected = learnFamilies(TEMPLATES);
  fc.assert(
    fc.property(fc.shuffledSubarray(TEMPLATES, { minLength: TEMPLATES.length }), (shuffled) => {
      expect(learnFamilies(shuffled)).toEqual(expected);
    }),
  );
});

test('words that are properties of Object are words like others', () => {
  const families = learnFamilies([
    template('a', 'constructor called twice prototype'),
    template('b', 'constructor called once prototype'),
    template('c', '__proto__ hasOwnProperty toString'),
  ]);

  expect(families).toHaveLength(1);
  expect(families[0]?.templateIds).toEqual(['a', 'b']);
});

test.each([
  ['no template', []],
  ['templates without a word', [template('a', '<*> <*>'), template('b', '12 <*>')]],
])('%s has no family', (_what, templates) => {
  expect(learnFamilies(templates)).toEqual([]);
});

test('there are at most twelve, and no two share a name or a template', () => {
  const words =
    'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november'.split(' ');
  const many = words.flatMap((word, group) =>
    [0, 1, 2].map((n) => template(`${group}-${n}`, `${word} ${word}ing ${word}ed <*>`)),
  );

  const families = learnFamilies(many);

  expect(families).toHaveLength(12);
  expect(new Set(families.map(({ name }) => name)).size).toBe(12);
  expect(new Set(families.flatMap(({ templateIds }) => templateIds)).size).toBe(36);
});
