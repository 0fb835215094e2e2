import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ordinaryLife } from '../canary/canary-life.js';
import { plainLog } from '../log-like.testkit.js';
import { createRandom } from '../random.js';
import { joinDictionaries } from './join-dictionaries.js';
import { createMatcher, createMiner } from './miner.js';
import { type MinerName, NEW_TEMPLATE, type TemplateDictionary } from './template.js';

const START_MS = Date.UTC(2026, 2, 2);
const CANARY = ordinaryLife(START_MS, START_MS + 3_600_000).map(({ body }) => body);

function mined(miner: MinerName, bodies: readonly string[]): TemplateDictionary {
  const learning = createMiner(miner);
  for (const body of bodies) learning.learn(body, 'api');
  return learning.freeze();
}

function idOf(dictionary: TemplateDictionary, body: string): string {
  const matcher = createMatcher(dictionary);
  const index = matcher.match(body);
  return index === NEW_TEMPLATE ? `new ${matcher.describeNew(body).id}` : matcher.templates[index]!.id;
}

test.each<MinerName>(['shape', 'drain'])(
  'joined with another by miner %s, a dictionary matches its own lines as before, and those of the other too',
  (miner) => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seed, otherSeed) => {
        const learned = plainLog(120, createRandom(seed)).map(({ body }) => body);
        const asked = plainLog(60, createRandom(otherSeed)).map(({ body }) => body);
        const [first, second] = [mined(miner, learned), mined(miner, CANARY)];

        const joined = joinDictionaries(first, second);

        for (const body of [...learned, ...asked, 'a line of its own kind'])
          expect(idOf(joined, body)).toBe(idOf(first, body));
        for (const body of CANARY.slice(0, 100)) expect(idOf(joined, body)).toBe(idOf(second, body));
      }),
      { numRuns: 8 },
    );
  },
);

test('what both know is there once, and counted as in the first', () => {
  const first = mined('shape', ['user 1 is in', 'user 2 is in']);

  expect(joinDictionaries(first, mined('shape', ['user 7 is in']))).toEqual(first);
});

test('dictionaries of different miners are not joined', () => {
  expect(() => joinDictionaries(mined('shape', ['a']), mined('drain', ['a']))).toThrow(
    'mine both with the same',
  );
});
