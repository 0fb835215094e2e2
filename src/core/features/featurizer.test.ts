import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitSmall } from '../scorer.testkit.js';
import { createLineTypeKeys } from '../window/line-type.js';
import { createPane, type Pane } from '../window/pane.js';
import { createFeaturizer } from './featurizer.js';

const { spec, dictionary } = fitSmall({ seasonality: true });
const keys = createLineTypeKeys(dictionary.templates.length, []);
const featurizer = createFeaturizer(spec, dictionary, keys);
const END_MS = Date.UTC(2026, 0, 5, 6);
const INFO = 3;
const ERROR = 5;

const templateIndex = (word: string): number =>
  dictionary.templates.findIndex(({ text }) => text.startsWith(word));

interface Said {
  readonly word: string;
  readonly count: number;
  readonly severityClass?: number;
  readonly service?: string;
}

function paneOf(said: readonly Said[]): Pane {
  const pane = createPane(0);
  for (const { word, count, severityClass = INFO, service = 'api' } of said) {
    pane.records += count;
    pane.severityCounts[severityClass]! += count;
    pane.lineTypes.set(keys.key(keys.serviceIndex(service), severityClass, templateIndex(word)), count);
  }
  return pane;
}
const usual = paneOf([
  { word: 'GET', count: 9 },
  { word: 'session', count: 4 },
]);
function named(source: string, history: readonly Pane[]): Readonly<Record<string, number>> {
  const vector = featurizer.vector(source, history, END_MS);
  return Object.fromEntries(spec.features.map(({ name }, index) => [name, vector[index]!]));
}

test('a vector has one number a declared feature, for any window', () => {
  const horizon = Array.from({ length: featurizer.rollingWindows }, () => usual);

  for (const history of [[usual], [createPane(0)], horizon])
    expect(featurizer.vector('api', history, END_MS)).toHaveLength(spec.features.length);
});

test('the order in which the lines came changes no bit', () => {
  const arbSaid = fc.uniqueArray(
    fc.record({
      word: fc.constantFrom('GET', 'session', 'heartbeat', 'slow', 'payment'),
      count: fc.integer({ min: 1, max: 40 }),
      severityClass: fc.constantFrom(0, INFO, 4, ERROR),
      service: fc.constantFrom('api', 'db', 'unheard-of'),
    }),
    { selector: ({ word, severityClass, service }) => `${word}${severityClass}${service}`, minLength: 2 },
  );
  fc.assert(
    fc.property(
      arbSaid.chain((said) =>
        fc.tuple(fc.constant(said), fc.shuffledSubarray(said, { minLength: said.length })),
      ),
      ([said, shuffled]) => {
        expect(featurizer.vector('api', [usual, paneOf(shuffled)], END_MS)).toEqual(
          featurizer.vector('api', [usual, paneOf(said)], END_MS),
        );
      },
    ),
  );
});

test('what was asked before changes no bit', () => {
  const first = featurizer.vector('api', [usual], END_MS);

  featurizer.vector('db', [paneOf([{ word: 'payment', count: 70, severityClass: ERROR }])], END_MS);

  expect(featurizer.vector('api', [usual], END_MS)).toEqual(first);
});

test('an unseen template, and a known one at a severity it never had, are new line types', () => {
  const pane = paneOf([
    { word: 'GET', count: 9 },
    { word: 'GET', count: 2, severityClass: ERROR },
  ]);
  pane.records += 3;
  pane.newTemplates.set('6|ff|api', {
    service: 'api',
    severityClass: 6,
    templateId: 'ff',
    text: 'f',
    count: 3,
  });

  expect(named('api', [usual])).toMatchObject({ new_template_count: 0, new_template_records: 0 });
  expect(named('api', [pane])).toMatchObject({ new_template_count: 2, new_template_records: 5 });
});

test('templates beyond the limit of a pane count as one new type and with all their records', () => {
  const pane = createPane(0);
  pane.records = 500;
  pane.newTemplateOverflow = 500;

  expect(named('api', [pane])).toMatchObject({ new_template_count: 1, new_template_records: 500 });
});

test('a source that the fit did not know says nothing new with what others say', () => {
  const known = paneOf([{ word: 'GET', count: 3, service: 'brand-new' }]);
  const strange = paneOf([{ word: 'GET', count: 3, service: 'brand-new', severityClass: 6 }]);

  expect(named('brand-new', [known])).toMatchObject({ new_template_count: 0, silence: 0, tfidf_residual: 0 });
  expect(named('brand-new', [strange])).toMatchObject({ new_template_count: 1, new_template_records: 3 });
});

test('far more of a known line is an excess, as many as usual is none', () => {
  const many = paneOf([{ word: 'GET', count: 200 }]);

  expect(named('api', [many])['count_excess']).toBeGreaterThan(5);
  expect(named('api', [paneOf([{ word: 'GET', count: 5 }])])['count_excess']).toBe(0);
});

test('silence surprises more with every silent window, and a line ends it', () => {
  const silent = createPane(0);
  const bans = [1, 2, 3].map(
    (count) => named('api', [usual, ...Array.from({ length: count }, () => silent)])['silence']!,
  );

  expect(bans[0]).toBeGreaterThan(0.5);
  expect(bans[1]).toBeGreaterThan(bans[0]!);
  expect(bans[2]! - bans[1]!).toBeCloseTo(bans[1]! - bans[0]!, 9);
  expect(named('api', [silent, silent, usual])['silence']).toBe(0);
});

test('families share the weight of what is known, and of nothing they have nothing', () => {
  const shares = Object.entries(named('api', [usual])).filter(([name]) => name.startsWith('family_'));
  const empty = Object.entries(named('api', [createPane(0)])).filter(([name]) => name.startsWith('family_'));

  expect(shares.reduce((sum, [, share]) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-12);
  expect(empty.every(([, share]) => share === 0)).toBe(true);
});

test('the hour of day is a point on a circle', () => {
  // 06:00 is a quarter of the way round
  expect(named('api', [usual])['hour_sin']).toBeCloseTo(1, 12);
  expect(named('api', [usual])['hour_cos']).toBeCloseTo(0, 12);
});

test('no window gives no vector', () => {
  expect(() => featurizer.vector('api', [], END_MS)).toThrow('a feature vector needs at least one window');
});

test('a spec that names a template which the dictionary lacks is refused', () => {
  const poorer = { ...dictionary, templates: dictionary.templates.slice(1) };

  expect(() => createFeaturizer(spec, poorer, createLineTypeKeys(poorer.templates.length, []))).toThrow(
    `feature spec names template ${dictionary.templates[0]!.id}, which the dictionary does not hold`,
  );
});

/** The small fit's, with a longer look back and a source that says thirteen times as much. */
const busySpec = {
  ...spec,
  rollingMs: 10 * spec.window.hopMs,
  vocabularies: spec.vocabularies.map((each) => ({
    ...each,
    usualRecords: 130,
    silence: { ...each.silence, spread: 0.02 },
  })),
};
const busy = paneOf([
  { word: 'GET', count: 90 },
  { word: 'session', count: 40 },
]);
const few = paneOf([{ word: 'GET', count: 4 }]);
const fallen = [...Array.from({ length: 7 }, () => busy), few, few];

test('records that all but stay away are a fall, at the place where the spec declares it', () => {
  const vector = createFeaturizer(busySpec, dictionary, keys).vector('api', fallen, END_MS);
  const declared = busySpec.features.findIndex(({ name }) => name === 'fall');

  expect(vector[declared]).toBe(12);
  expect(vector[busySpec.features.findIndex(({ name }) => name === 'silence')]).toBe(0);
});

test('a spec of before falls were looked at gives the vectors that it gave', () => {
  const at = busySpec.features.findIndex(({ name }) => name === 'fall');
  const before = { ...busySpec, features: busySpec.features.filter((_, index) => index !== at) };

  const now = createFeaturizer(busySpec, dictionary, keys).vector('api', fallen, END_MS);
  const then = createFeaturizer(before, dictionary, keys).vector('api', fallen, END_MS);

  expect([...then]).toEqual([...now].filter((_, index) => index !== at));
});
