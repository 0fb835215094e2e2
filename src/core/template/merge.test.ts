import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeShapes } from './merge.js';

const shape = (text: string, count = 1) => ({ tokens: text.split(' '), slots: [], count });
const merged = (shapes: readonly ReturnType<typeof shape>[]): string[] =>
  mergeShapes(shapes).map(({ tokens, count }) => `${tokens.join(' ')} (${count})`);

const NAMES = [
  'ada',
  'bob',
  'cid',
  'dan',
  'eve',
  'fay',
  'gus',
  'hal',
  'ida',
  'jon',
  'kim',
  'leo',
  'mia',
  'ned',
];

test('a place with many rare words becomes a slot', () => {
  expect(merged(NAMES.map((name) => shape(`session opened for ${name} now`)))).toEqual([
    'session opened for <*> now (14)',
  ]);
});

test('a few words that come often are different events', () => {
  const states = ['started', 'stopped', 'paused'].map((state) => shape(`the worker was ${state}`, 1000));

  expect(mergeShapes(states)).toHaveLength(3);
});

test('a word among values is a value', () => {
  expect(merged([shape('port <*> of host'), shape('port http of host'), shape('port ssh of host')])).toEqual([
    'port <*> of host (3)',
  ]);
});

test('shapes with nothing fixed around the place stay apart', () => {
  expect(mergeShapes(NAMES.map((name) => shape(`${name} <*>`)))).toHaveLength(NAMES.length);
});

test('names of states in capitals stay apart longer', () => {
  const states = ['NEW', 'RUNNING', 'DONE', 'FAILED', 'KILLED', 'WAITING'];

  expect(mergeShapes(states.map((state) => shape(`task moved to state ${state} now`)))).toHaveLength(6);
});

test('two words that vary at once become two slots', () => {
  const pairs = NAMES.map((name, i) => shape(`${name} logged in from ${NAMES[(i + 5) % 14]}host at last`));

  expect(merged(pairs)).toEqual(['<*> logged in from <*> at last (14)']);
});

test('a template takes over the slots of one that differs in a single word', () => {
  const shapes = [
    ...NAMES.map((name) => shape(`user ${name} has logged in here`)),
    shape('user zoe has logged out here'),
  ];

  expect(merged(shapes)).toEqual(['user <*> has logged in here (14)', 'user <*> has logged out here (1)']);
});

test('of two templates that could hand on their slots, the more frequent one does', () => {
  const people = NAMES.map((name) => shape(`job ${name} was seen in blue room today`, 2));
  const colours = NAMES.map((name) => shape(`job zed was seen in ${name} room then`, 1));
  const other = shape('job zed was seen in blue room once');

  for (const shapes of [
    [...people, ...colours, other],
    [...colours, ...people, other],
  ]) {
    expect(merged(shapes)).toContain('job <*> was seen in blue room once (1)');
  }
});

test('an exception type is never a slot', () => {
  const shapes = NAMES.map((name) => shape(`task has failed again \n java.${name}Exception`));

  expect(mergeShapes(shapes)).toHaveLength(NAMES.length);
});

test('every shape is in one template, counts add up, and the order of shapes does not matter', () => {
  const arbPlace = fc.constantFrom('<*>', '=', ...NAMES.slice(0, 5));
  const arbTokens = fc.tuple(
    arbPlace,
    arbPlace,
    arbPlace,
    fc.constantFrom('is', 'was'),
    fc.constantFrom('done', 'lost'),
  );
  const arbShapes = fc
    .array(fc.tuple(arbTokens, fc.integer({ min: 1, max: 9 })), { maxLength: 100, size: 'max' })
    .map((list) => [
      ...new Map(list.map(([tokens, count]) => [tokens.join(' '), { tokens, slots: [], count }])).values(),
    ]);

  fc.assert(
    fc.property(arbShapes, fc.nat(), (shapes, turn) => {
      const cut = turn % (shapes.length + 1);
      const reordered = [...shapes.slice(cut), ...shapes.slice(0, cut)].reverse();

      const templates = mergeShapes(shapes);

      const members = templates.flatMap((template) => template.members);
      expect([...members].sort((x, y) => x - y)).toEqual(shapes.map((_, i) => i));
      for (const { members, count } of templates) {
        expect(count).toBe(members.reduce((sum, member) => sum + shapes[member]!.count, 0));
      }
      const content = (list: typeof templates) =>
        list.map(({ tokens, slots, count }) => ({ tokens, slots, count }));
      expect(content(mergeShapes(reordered))).toEqual(content(templates));
    }),
  );
});
