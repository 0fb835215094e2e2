import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDrainMatcher, createDrainMiner } from './drain.js';
import { maskNumbers } from './drain-mask.js';
import { NEW_TEMPLATE, type TemplateDictionary } from './template.js';
import { arbBody } from './template.testkit.js';

function fit(bodies: readonly string[], maxShapesPerSource = 1000): TemplateDictionary {
  const miner = createDrainMiner({ maxShapesPerSource });
  for (const body of bodies) miner.learn(body, 'api');
  return miner.freeze();
}

test.each([
  ['a number', 'took 5 of -7', 'took <*> of -<*>'],
  ['an address with its port', 'from 10.0.0.1:8080.', 'from <*>.'],
  ['a UUID', 'id d16d444c-56d8-11d5-882d-0080c847b195!', 'id <*>!'],
  ['a clock time', 'at 12:30:45', 'at <*>'],
  ['hex numbers', '0xff at 7f3a9c', '<*> at <*>'],
  ['words with digits stay', 'ssh2 blk_12 abc', 'ssh2 blk_<*> abc'],
])('%s is masked', (_, text, masked) => {
  expect(maskNumbers(text)).toBe(masked);
});

test('messages of one length and beginning that agree in enough tokens share a template', () => {
  const { templates } = fit(['open file a now', 'open file b now', 'close file b now']);

  expect(templates.map(({ text, count }) => `${text} (${count})`).sort()).toEqual([
    'close file b now (1)',
    'open file <*> now (2)',
  ]);
});

test('the frozen matcher takes the most specific template', () => {
  const dictionary = fit(['a b c d e', 'a b c x y', 'a q r s t', 'a q r s t']);
  const matcher = createDrainMatcher(dictionary);
  const textOf = (body: string): string | undefined => dictionary.templates[matcher.match(body)]?.text;

  expect(textOf('a q r s t')).toBe('a q r s t');
  expect(textOf('a b c m n')).toBe('a b c <*> <*>');
  expect(textOf('a b')).toBeUndefined();
});

test('a learned message is never new', () => {
  fc.assert(
    fc.property(fc.array(arbBody, { maxLength: 40 }), (bodies) => {
      const matcher = createDrainMatcher(JSON.parse(JSON.stringify(fit(bodies))) as TemplateDictionary);

      expect(bodies.map((body) => matcher.match(body))).not.toContain(NEW_TEMPLATE);
    }),
  );
});

test('messages beyond the allowed clusters are counted', () => {
  const { templates, overflowCount } = fit(['a', 'b c', 'd e f', 'a'], 2);

  expect(templates.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  expect(overflowCount).toBe(1);
});
