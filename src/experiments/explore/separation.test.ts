import { expect, test } from 'vitest';
import { createRandom } from '../../core/random.js';
import { fakeLabel, fakeTable } from './fake-table.testkit.js';
import { measureSeparation } from './separation.js';
import { separationFigure, separationTable } from './show-separation.js';

const WINDOWS = 2000;
const FIT_WINDOWS = 400;
const labels = [500, 900, 1300, 1700].map((from) => fakeLabel('error-spike', 'api', from, from + 10));
const isLabelled = (window: number): boolean =>
  labels.some((_, i) => window >= 500 + 400 * i && window < 510 + 400 * i);

/** Errors come with the anomalies, info lines stay away, and the noise knows nothing of them. */
function table(seed: string) {
  const random = createRandom(seed);
  const series = (of: (window: number) => number): readonly number[] =>
    Array.from({ length: WINDOWS }, (_, window) => of(window));
  return fakeTable(
    {
      api: {
        error_count: series((window) => random.poisson(isLabelled(window) ? 4 : 0.05)),
        info_count: series((window) => random.poisson(isLabelled(window) ? 0.2 : 5)),
        noise: series(() => random.next()),
      },
    },
    FIT_WINDOWS * 30_000,
  );
}

const measure = (seed: string) => measureSeparation(table(seed), labels, { features: [0, 1, 2], seed });

test('what rises separates with an AUC near 1, what falls near 0, and noise does not', () => {
  const [spike] = measure('a');

  expect(spike).toMatchObject({ kind: 'error-spike', anomalies: 4, separates: [true, true, false] });
  expect(spike!.aucs[0]).toBeGreaterThan(0.9);
  expect(spike!.aucs[1]).toBeLessThan(0.1);
});

test('noise is taken for a difference in about 1 of 200 data sets, not more', () => {
  const seeds = Array.from({ length: 60 }, (_, index) => `noise-${index}`);

  const fooled = seeds.filter((seed) => measure(seed)[0]!.separates[2]);

  expect(fooled.length).toBeLessThanOrEqual(2);
});

test('anomalies before the end of the fit, or of a service without windows, are compared with nothing', () => {
  const elsewhere = fakeLabel('silence', 'db', 500, 510);

  expect(measureSeparation(table('a'), [elsewhere], { features: [0], seed: 'a' })).toEqual([]);
});

test('windows that a fit has seen do not count as healthy', () => {
  const wild = table('a');
  for (const row of wild.sources[0]!.rows.slice(0, FIT_WINDOWS)) row.features[0] = 100;

  const [spike] = measureSeparation(wild, labels, { features: [0], seed: 'a' });

  expect(spike!.aucs[0]).toBeGreaterThan(0.9);
});

test('only what separates is shown; a kind that nothing separates says so', () => {
  const separations = [
    { kind: 'error-spike', anomalies: 4, aucs: [0.97, 0.2, 0.55], separates: [true, true, false] },
    { kind: 'latency', anomalies: 2, aucs: [0.5, 0.5, 0.5], separates: [false, false, false] },
  ];
  const names = ['error_count', 'info_count', 'noise'];

  expect(separationFigure(separations, names).data[0]).toMatchObject({
    x: ['error-spike', 'latency'],
    y: ['error_count', 'info_count'],
    z: [
      [0.97, null],
      [0.2, null],
    ],
  });
  expect(separationTable(separations, names)).toEqual([
    {
      kind: 'error-spike',
      anomalies: 4,
      'features that separate': 2,
      'the best': 'error_count',
      AUC: '0.97',
    },
    { kind: 'latency', anomalies: 2, 'features that separate': 0, 'the best': 'none', AUC: '' },
  ]);
});
