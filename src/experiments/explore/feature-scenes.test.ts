import { expect, test } from 'vitest';
import { fakeLabel, fakeTable } from './fake-table.testkit.js';
import { featureScene, featureScenesFigure } from './feature-scenes.js';

const counts = Array.from({ length: 100 }, (_, window) => window);
const table = fakeTable({ api: { log_count: counts, silence: counts.map(() => 0) } });

test('a scene reaches ten minutes around a short anomaly, in its own unit and with its usual band', () => {
  const label = fakeLabel('error-spike', 'api', 40, 42);

  const scene = featureScene(table, label, 'log_count');

  // 20 windows before, 2 during, 20 after
  expect(scene.values).toEqual(counts.slice(20, 62));
  expect(scene).toMatchObject({ fromMinute: -9.5, windowMinutes: 0.5, usualLow: 0, usualHigh: 3 });
});

test('a scene ends where the data end', () => {
  expect(featureScene(table, fakeLabel('silence', 'api', 90, 100), 'log_count').values.at(-1)).toBe(99);
});

test('a feature or service that is not there is refused with those that are', () => {
  const label = fakeLabel('error-spike', 'api', 40, 42);

  expect(() => featureScene(table, label, 'log_cuont')).toThrow(/those of this spec are log_count, silence/);
  expect(() => featureScene(table, { ...label, rootService: 'db' }, 'silence')).toThrow(/no window of db/);
});

test('each scene has a panel with the anomaly and the usual band behind it', () => {
  const scene = featureScene(table, fakeLabel('error-spike', 'api', 40, 42), 'log_count');

  const figure = featureScenesFigure('Two panels', [scene, scene], 2);

  expect(figure.data).toMatchObject([{ xaxis: 'x1' }, { xaxis: 'x2', x0: -9.5, dx: 0.5 }]);
  expect(figure.layout).toMatchObject({
    title: { text: 'Two panels' },
    shapes: [{}, {}, { x0: 0, x1: 1 }, { xref: 'x2 domain', y0: 0, y1: 3 }],
  });
});
