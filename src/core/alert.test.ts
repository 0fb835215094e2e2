import { expect, test } from 'vitest';
import { explainFeatures, explainTemplates } from './alert.js';
import { compileVocabularies } from './features/compiled-vocabulary.js';
import { createScaler } from './features/scale.js';
import { fitSmall } from './scorer.testkit.js';
import { createLineTypeKeys } from './window/line-type.js';
import { createPane, type Pane } from './window/pane.js';

const { spec, dictionary } = fitSmall();
const keys = createLineTypeKeys(dictionary.templates.length, []);
const vocabulary = compileVocabularies(spec, dictionary, keys)('api');
const context = {
  features: spec.features,
  templates: dictionary.templates,
  keys,
  scaler: createScaler(spec.features, spec.scaling),
};
const keyOf = (word: string, severityClass: number): number => {
  const index = dictionary.templates.findIndex(({ text }) => text.startsWith(word));
  return keys.key(keys.serviceIndex('api'), severityClass, index);
};
const explain = (history: readonly Pane[], rollingWindows: number) =>
  explainTemplates(context, vocabulary, history, rollingWindows);

test('new templates come first, then spikes, then what disappeared', () => {
  const pane = createPane(0);
  pane.lineTypes.set(keyOf('GET', 3), 900);
  pane.lineTypes.set(keyOf('heartbeat', 6), 2);
  pane.newTemplates.set('5|ff|api', {
    service: 'api',
    severityClass: 5,
    templateId: 'ff',
    text: 'f <*>',
    count: 1,
  });
  pane.examples.set('5|ff|api', 'f 12');
  pane.examples.set(keyOf('GET', 3), 'GET /orders/1 200 in 1 ms');

  const evidence = explain([pane], 4);

  expect(evidence.map(({ event, count, severity }) => [event, count, severity])).toEqual([
    ['new', 2, 'FATAL'],
    ['new', 1, 'ERROR'],
    ['spike', 900, 'INFO'],
  ]);
  expect(evidence[1]).toMatchObject({ templateId: 'ff', text: 'f <*>', example: 'f 12', usual: 0 });
  expect(evidence[2]).toMatchObject({ example: 'GET /orders/1 200 in 1 ms', service: 'api' });
  expect(evidence[2]!.usual).toBeGreaterThan(1);
});

test('what disappeared is told only of a whole horizon', () => {
  const steady = vocabulary.types.filter((type) => type.steady).length;
  const silent = Array.from({ length: 4 }, (_, hop) => createPane(hop));

  expect(explain(silent, 5)).toEqual([]);
  expect(explain(silent, 4).map(({ event }) => event)).toEqual(
    Array.from({ length: steady }, () => 'disappeared'),
  );
});

test('a flood of evidence is cut to eight', () => {
  const pane = createPane(0);
  for (let n = 0; n < 50; n++)
    pane.newTemplates.set(`3|${n}|api`, {
      service: 'api',
      severityClass: 3,
      templateId: `${n}`,
      text: 't',
      count: n,
    });

  expect(explain([pane], 4).map(({ count }) => count)).toEqual([49, 48, 47, 46, 45, 44, 43, 42]);
});

test('evidence of equal weight has an order of its own, not that of the lines', () => {
  const said = [
    { service: 'api', severityClass: 5, templateId: 'aa' },
    { service: 'db', severityClass: 5, templateId: 'aa' },
    { service: 'api', severityClass: 6, templateId: 'aa' },
    { service: 'api', severityClass: 5, templateId: 'bb' },
  ];
  const paneOf = (order: readonly (typeof said)[number][]): Pane => {
    const pane = createPane(0);
    for (const each of order)
      pane.newTemplates.set(`${each.severityClass}|${each.templateId}|${each.service}`, {
        ...each,
        text: 't',
        count: 1,
      });
    return pane;
  };

  expect(explain([paneOf(said.toReversed())], 4)).toEqual(explain([paneOf(said)], 4));
});

test('a feature is told with its value, its usual band and its share, the six that moved most', () => {
  const raw = new Float64Array(spec.features.length).fill(3);
  const contributions = Array.from({ length: 9 }, (_, feature) => ({ feature, amount: 9 - feature }));

  const evidence = explainFeatures(context, 'api', raw, contributions);

  expect(evidence).toHaveLength(6);
  expect(evidence[0]).toMatchObject({ feature: 'log_count', value: 3, amount: 9 });
  expect(evidence[0]!.usualLow).toBeLessThan(evidence[0]!.usualHigh);
});
