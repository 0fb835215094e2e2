import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createTemplateTallies,
  EXAMPLE_CHARACTERS,
  MOST_NEW_OF_SOURCE,
  OTHER_TEMPLATES,
  type TemplateTally,
  TEXT_CHARACTERS,
} from './template-tally.js';

const HOUR_MS = 3_600_000;
const TEMPLATES = [
  { id: 'a', text: 'GET <*>', count: 1 },
  { id: 'b', text: 'PUT <*>', count: 1 },
];

const recordAt = (eventTimeMs: number, body = 'GET /') => ({ eventTimeMs, source: 'api', severity: 9, body });
const newTemplate = (id: string, text = id) => ({ id, text });
const total = (tallies: readonly TemplateTally[]): number =>
  tallies.flatMap(({ hours }) => [...hours.values()]).reduce((sum, count) => sum + count, 0);

test('records are counted by source, template and hour', () => {
  const tallies = createTemplateTallies(TEMPLATES);
  tallies.add(recordAt(HOUR_MS, 'GET /1'), 0, 'api');
  tallies.add(recordAt(HOUR_MS - 1, 'GET /2'), 0, 'api');
  tallies.add(recordAt(HOUR_MS + 5, 'GET /3'), 0, 'api');
  tallies.add(recordAt(-1, 'what'), newTemplate('n', 'what'), 'web');

  const gathered = tallies.gather();

  expect(gathered).toEqual([
    {
      source: 'api',
      templateId: 'a',
      isNew: false,
      text: 'GET <*>',
      example: 'GET /1',
      firstMs: HOUR_MS - 1,
      lastMs: HOUR_MS + 5,
      hours: new Map([
        [1, 2],
        [0, 1],
      ]),
    },
    {
      source: 'web',
      templateId: 'n',
      isNew: true,
      text: 'what',
      example: 'what',
      firstMs: -1,
      lastMs: -1,
      hours: new Map([[-1, 1]]),
    },
  ]);
  expect(tallies.gather()).toEqual([]);
});

test('an example is given once a run, the text each time', () => {
  const tallies = createTemplateTallies(TEMPLATES);
  const seen = (): readonly (readonly [string, string])[] => {
    tallies.add(recordAt(0, 'first'), 0, 'api');
    tallies.add(recordAt(0, 'second'), newTemplate('n', 'new'), 'api');
    return tallies.gather().map(({ text, example }) => [text, example]);
  };

  expect(seen()).toEqual([
    ['GET <*>', 'first'],
    ['new', 'second'],
  ]);
  expect(seen()).toEqual([
    ['GET <*>', ''],
    ['new', ''],
  ]);
});

test('long lines and texts are cut', () => {
  const tallies = createTemplateTallies(TEMPLATES);
  tallies.add(recordAt(0, 'x'.repeat(100_000)), newTemplate('n', 'y'.repeat(100_000)), 'api');

  const [{ text, example }] = tallies.gather() as [TemplateTally];

  expect([text, example]).toEqual(['y'.repeat(TEXT_CHARACTERS), 'x'.repeat(EXAMPLE_CHARACTERS)]);
});

test('law: no record is lost however many templates hostile lines make, and no source has more than its room', () => {
  const arbRecord = fc.tuple(
    fc.integer({ min: -HOUR_MS, max: 3 * HOUR_MS }),
    fc.oneof(
      fc.constantFrom(0, 1),
      fc.integer({ min: 0, max: 4 * MOST_NEW_OF_SOURCE }).map((n) => newTemplate(`n${n}`)),
    ),
    fc.constantFrom('api', 'web'),
  );
  fc.assert(
    fc.property(fc.array(arbRecord, { maxLength: 60 }), fc.nat(60), (records, split) => {
      const tallies = createTemplateTallies(TEMPLATES);
      for (let n = 0; n < MOST_NEW_OF_SOURCE - 10; n++) tallies.add(recordAt(0), newTemplate(`n${n}`), 'api');
      const gathered = [tallies.gather()];
      records.forEach(([eventTimeMs, template, source], index) => {
        if (index === split) gathered.push(tallies.gather());
        tallies.add(recordAt(eventTimeMs), template, source);
      });
      gathered.push(tallies.gather());

      expect(total(gathered.flat())).toBe(MOST_NEW_OF_SOURCE - 10 + records.length);
      const ids = new Set(
        gathered
          .flat()
          .flatMap(({ source, isNew, templateId }) => (source === 'api' && isNew ? [templateId] : [])),
      );
      ids.delete(OTHER_TEMPLATES);
      expect(ids.size).toBeLessThanOrEqual(MOST_NEW_OF_SOURCE);
    }),
    { numRuns: 30 },
  );
});
