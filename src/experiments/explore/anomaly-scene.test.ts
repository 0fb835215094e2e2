import { expect, test } from 'vitest';
import type { LogRecord } from '../../core/record.js';
import { anomalyScene, anomalyScenesFigure, strongestOfEachKind, strongestOfKind } from './anomaly-scene.js';
import { fakeLabel } from './fake-table.testkit.js';

const MINUTE_MS = 60_000;
const at = (minute: number, severity: number, source = 'api'): LogRecord => ({
  eventTimeMs: minute * MINUTE_MS,
  source,
  severity,
  body: 'x',
});

test('the strongest of each kind is kept, kinds by name', () => {
  const weak = { ...fakeLabel('silence', 'api', 0, 1), strength: 0.1 };
  const strong = { ...fakeLabel('silence', 'db', 4, 5), strength: 0.9 };
  const other = fakeLabel('cascade', 'api', 2, 3);

  expect(strongestOfEachKind([weak, strong, other])).toEqual([other, strong]);
});

test('a kind that the labels do not hold is refused with those that they do', () => {
  const labels = [fakeLabel('silence', 'api', 0, 1), fakeLabel('cascade', 'api', 2, 3)];

  expect(strongestOfKind(labels, 'cascade')).toBe(labels[1]);
  expect(() => strongestOfKind(labels, 'latency')).toThrow(/hold no latency, only cascade, silence/);
});

test('records of the root service are counted from five minutes before to five after, errors apart', () => {
  // 10 min to 14 min is the anomaly: shown from 5 min to 19 min
  const label = { ...fakeLabel('error-spike', 'api', 0, 1), startMs: 10 * MINUTE_MS, endMs: 14 * MINUTE_MS };
  const records = [at(4.9, 9), at(5, 9), at(11, 17), at(11, 21), at(12, 13), at(12, 17, 'db'), at(19, 9)];

  const scene = anomalyScene(records, label);

  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  expect(sum(scene.errors)).toBe(2);
  expect(sum(scene.others)).toBe(2);
  expect(scene.others[0]).toBe(1);
  expect(scene.errors[Math.floor(((11 - 5) / 14) * 48)]).toBe(2);
});

test('each scene has a panel of its own, with the anomaly as its band', () => {
  const label = { ...fakeLabel('error-spike', 'api', 0, 1), startMs: 0, endMs: 3 * MINUTE_MS };
  const scene = anomalyScene([], label);

  const figure = anomalyScenesFigure([scene, scene, scene, scene]);

  expect(figure.data).toHaveLength(8);
  expect(figure.layout).toMatchObject({ shapes: [{}, {}, {}, { xref: 'x4', x0: 0, x1: 3 }] });
  expect(figure.layout).toHaveProperty('yaxis4');
});
