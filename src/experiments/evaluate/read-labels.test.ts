import { expect, test } from 'vitest';
import { label, labelsOf, minuteMs } from './evaluate.testkit.js';
import { parseLabels } from './read-labels.js';

const GOOD = labelsOf([label('a', 0, minuteMs)], 60 * minuteMs, [
  { kind: 'deploy', startMs: 0, endMs: 1, services: ['api'] },
]);

test('labels are read as they were written', () => {
  expect(parseLabels(JSON.stringify(GOOD))).toEqual(GOOD);
});

test.each([
  ['not JSON', 'labels must be one JSON document, got "not JSON"'],
  [[], 'labels must be an object, got []'],
  [{ ...GOOD, version: 2 }, 'labels.version must be 1, got 2'],
  [{ ...GOOD, endMs: 0 }, 'labels.endMs must be after startMs 0, got 0'],
  [{ ...GOOD, labels: {} }, 'labels.labels must be a list, got {}'],
  [{ ...GOOD, benign: undefined }, 'labels.benign must be a list, got nothing'],
  [{ ...GOOD, labels: [null] }, 'labels.labels[0] must be an object, got null'],
  [
    { ...GOOD, labels: [label('a', 0, 10, { onsetMs: 10 })] },
    'labels.labels[0].onsetMs must be in [startMs, endMs) = [0, 10), got 10',
  ],
  [
    { ...GOOD, labels: [{ ...GOOD.labels[0], category: 'odd' }] },
    'labels.labels[0].category must be point, contextual, collective, got "odd"',
  ],
  [
    { ...GOOD, labels: [label('a', 0, 10, { strength: 2 })] },
    'labels.labels[0].strength must be a number from 0 to 1, got 2',
  ],
  [
    { ...GOOD, labels: [label('a', 0, 10, { services: [] })] },
    'labels.labels[0].services must be a list of service names, got []',
  ],
  [{ ...GOOD, labels: [label('', 0, 10)] }, 'labels.labels[0].id must be a text, got ""'],
  [{ ...GOOD, labels: [label('a', 0.5, 10)] }, 'labels.labels[0].startMs must be whole milliseconds'],
  [{ ...GOOD, labels: [label('a', 0, 10), label('a', 20, 30)] }, 'label ids must differ, got "a" twice'],
  [{ ...GOOD, benign: [{ kind: 'deploy' }] }, 'labels.benign[0].startMs must be whole milliseconds'],
])('a mistake is refused by its place: %j', (bad, message) => {
  expect(() => parseLabels(typeof bad === 'string' ? bad : JSON.stringify(bad))).toThrow(message);
});
