import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../random.js';
import { createShapeMatcher } from './shape-matcher.js';
import { createShapeMiner } from './shape-miner.js';
import { NEW_TEMPLATE, type TemplateDictionary } from './template.js';
import { arbLine, arbLog } from './template.testkit.js';

function fit(bodies: readonly string[], maxShapesPerSource?: number): TemplateDictionary {
  const miner = createShapeMiner(maxShapesPerSource === undefined ? {} : { maxShapesPerSource });
  for (const body of bodies) miner.learn(body, 'api');
  return miner.freeze();
}

const NAMES = 'ada bob cid dan eve fay gus hal ida jon'.split(' ');
const textsOf = (bodies: readonly string[]): string[] => fit(bodies).templates.map(({ text }) => text);

test('the same messages in any order give the same bytes', () => {
  fc.assert(
    fc.property(arbLog, fc.nat(), (bodies, turn) => {
      const cut = turn % (bodies.length + 1);
      const reordered = [...bodies.slice(cut), ...bodies.slice(0, cut)].reverse();

      expect(JSON.stringify(fit(reordered))).toBe(JSON.stringify(fit(bodies)));
    }),
  );
});

test('a learned message is never new, also after the dictionary went through JSON', () => {
  fc.assert(
    fc.property(arbLog, (bodies) => {
      const dictionary = fit(bodies);
      const matcher = createShapeMatcher(JSON.parse(JSON.stringify(dictionary)) as TemplateDictionary);

      const counts = dictionary.templates.map(() => 0);
      for (const body of bodies) counts[matcher.match(body)]! += 1;

      expect(counts).toEqual(dictionary.templates.map(({ count }) => count));
      expect(matcher.templates).toEqual(dictionary.templates);
    }),
  );
});

test('what a message was called when it was new is its id, or an alias of its id, after the next fit', () => {
  fc.assert(
    fc.property(arbLog, arbLine, (bodies, line) => {
      const matcher = createShapeMatcher(fit(bodies));
      fc.pre(matcher.match(line) === NEW_TEMPLATE);
      const { id } = matcher.describeNew(line);

      const next = fit([...bodies, line]);

      const now = next.templates[createShapeMatcher(next).match(line)]!.id;
      expect(next.aliases[id] ?? id).toBe(now);
    }),
  );
});

test('what a new message is called does not depend on the messages before it', () => {
  const matcher = createShapeMatcher(fit([]));
  fc.assert(
    fc.property(arbLog, (bodies) => {
      for (const body of bodies) {
        expect({ ...matcher.describeNew(body) }).toEqual({
          ...createShapeMatcher(fit([])).describeNew(body),
        });
      }
    }),
    { numRuns: 30 },
  );
});

test('a name given to a new message stays good when the next fit merges it away', () => {
  const bodies = ['ada', 'bob', 'cid', 'dan'].map((name) => `job ${name} has been started`);
  const { id } = createShapeMatcher(fit([])).describeNew(bodies[0]!);

  const { templates, aliases } = fit(bodies);

  expect(templates).toHaveLength(1);
  expect(aliases[id]).toBe(templates[0]!.id);
});

test('a value that was not seen before is not new where its place is variable', () => {
  const names = ['ada', 'bob', 'cid', 'dan', 'eve', 'fay'];
  const dictionary = fit(names.map((name) => `job ${name} has been started`));
  const matcher = createShapeMatcher(dictionary);

  expect(dictionary.templates.map(({ text }) => text)).toEqual(['job <*> has been started']);
  expect(matcher.match('job zoe has been started')).toBe(0);
  expect(matcher.match('job zoe has been stopped')).toBe(NEW_TEMPLATE);
  expect(matcher.match('job ( has been started')).toBe(NEW_TEMPLATE);
});

test('a template reads like its messages: spacing, case, units and constants stay', () => {
  expect(textsOf(['Took 5 ms (GC), at Node-A', 'Took 7 ms (GC), at Node-A'])).toEqual([
    'Took <*> ms (GC), at Node-A',
  ]);
  expect(textsOf(['5 KB free', '7 MB free'])).toEqual(['<*> free']);
  expect(textsOf([...NAMES.map((name) => `to ${name} in 5 ms`), 'to zoe in 1 s'])).toEqual(['to <*> in <*>']);
  const logins = [22, 23, 24, 25, 26].map(
    (port) => `Failed password  from 10.0.0.${port} port ${port} ssh2; ruser= x`,
  );
  expect(textsOf(logins)).toEqual(['Failed password from <*> port <*> ssh2; ruser= x']);
  expect(textsOf(['died\njava.io.IOException: x\n\tat a.b(C.java:1)'])).toEqual([
    'died … java.io.IOException',
  ]);
  expect(textsOf(['', '  '])).toEqual(['(empty)']);
});

test('a constant is only trusted once it came often', () => {
  const bound = (to: string): string[] => Array.from({ length: 6 }, () => `bound to ${to} now`);

  expect(textsOf(bound('eth0').slice(0, 4))).toEqual(['bound to <*> now']);
  expect(textsOf(bound('eth0'))).toEqual(['bound to eth0 now']);
  expect(textsOf([...bound('eth0'), 'bound to eth1 now'])).toEqual(['bound to <*> now']);
  expect(textsOf(bound('job20260101'))).toEqual(['bound to <*> now']);
});

test('a fresh exception type under a known head line is new', () => {
  const matcher = createShapeMatcher(fit(['failed\njava.io.IOException: x']));

  expect(matcher.match('failed\njava.io.IOException: another')).toBe(0);
  const fresh = 'failed\njava.lang.OutOfMemoryError: heap';
  expect(matcher.match(fresh)).toBe(NEW_TEMPLATE);
  expect(matcher.describeNew(fresh).text).toBe('failed … java.lang.OutOfMemoryError');
});

test('a flood of random shapes stays within the limit, and every message is counted', () => {
  const random = createRandom('flood');
  const word = (): string =>
    Array.from({ length: 8 }, () => String.fromCharCode(97 + random.below(26))).join('');
  const miner = createShapeMiner({ maxShapesPerSource: 100 });
  for (let i = 0; i < 20_000; i++) {
    miner.learn(`${word()} ${word()} ${word()} ${word()}`, 'noisy');
    if (i % 10 === 0) miner.learn(`request ${i} served`, 'calm');
  }

  const { templates, overflowCount } = miner.freeze();

  expect(templates.length).toBeLessThanOrEqual(102);
  expect(templates.find(({ text }) => text === 'request <*> served')?.count).toBe(2000);
  expect(templates.find(({ text }) => text.includes('beyond the shape limit'))?.count).toBe(overflowCount);
  expect(templates.reduce((sum, { count }) => sum + count, 0)).toBe(22_000);
});

test('a flood that is one template in truth is one template, though its shapes exceed the limit', () => {
  const random = createRandom('users');
  const name = (): string =>
    Array.from({ length: 9 }, () => String.fromCharCode(97 + random.below(26))).join('');
  const bodies = Array.from({ length: 5000 }, () => `user ${name()} has logged in here`);

  const { templates, overflowCount } = fit(bodies, 64);

  expect(templates.map(({ text, count }) => [text, count])).toEqual([['user <*> has logged in here', 5000]]);
  expect(overflowCount).toBe(0);
});

test('however many sources there are, they share the limit of all sources', () => {
  // 4,096 sources are counted apart, the others share what one may keep
  const miner = createShapeMiner({ maxShapesPerSource: 5000 });
  const letters = (i: number): string => String(i).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);
  for (let i = 0; i < 12_000; i++) miner.learn(`${letters(i)} ${letters(i * 7)}`, `source-${i}`);

  expect(miner.freeze().templates.length).toBeLessThanOrEqual(4096 + 5000 + 1);
});

test('hostile messages are learned and matched like any other', () => {
  const words = [
    '',
    '\0',
    '__proto__',
    'constructor=__proto__',
    '\ud800 lone',
    '\ufeffmarked',
    '((((((',
    '"""',
    '{}',
  ];
  const long = [
    'x'.repeat(1_000_000),
    `${'a '.repeat(500_000)}\nend`,
    '{"k":'.repeat(2000),
    '{"a":',
    '\u0085\u2028',
  ];
  const bodies = [...words, ...long];
  const matcher = createShapeMatcher(fit(bodies));

  expect(bodies.map((body) => matcher.match(body))).not.toContain(NEW_TEMPLATE);
});

test('a limit that is no whole number from 4 on is refused', () => {
  expect(() => createShapeMiner({ maxShapesPerSource: 1.5 })).toThrow('whole number from 4 on, got 1.5');
});
