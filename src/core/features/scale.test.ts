import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FeatureDeclaration } from './feature-spec.js';
import {
  createScaler,
  learnScaling,
  MAX_Z,
  medianOf,
  transformFeature,
  untransformFeature,
} from './scale.js';

const FEATURES: readonly FeatureDeclaration[] = [
  { name: 'log_count', unit: 'records', formula: '' },
  { name: 'error_rate', unit: 'ratio', formula: '' },
];
const times = (count: number, row: readonly [number, number]) => Array.from({ length: count }, () => row);
const rowsOf = (source: string, values: readonly (readonly [number, number])[]) =>
  values.map((value) => ({ source, raw: Float64Array.from(value) }));

test('the median is the middle, or half way between the two in the middle', () => {
  expect(medianOf(Float64Array.of(1, 5, 9))).toBe(5);
  expect(medianOf(Float64Array.of(1, 5, 9, 11))).toBe(7);
});

test('a source is scaled by its own median and absolute deviation, worked by hand', () => {
  // ln(1 + x): 0 … rates 0.1, 0.2, 0.3, 0.4, 0.9: median 0.3, deviations 0.2 0.1 0 0.1 0.6: MAD 0.1
  const rates = [0.1, 0.2, 0.3, 0.4, 0.9];
  const rows = rowsOf(
    'api',
    Array.from({ length: 40 }, (_, n) => [9, rates[n % 5]!] as const),
  );
  const scaler = createScaler(FEATURES, learnScaling(FEATURES, rows));

  const [count, rate] = scaler.scale('api', Float64Array.of(9, 0.6));

  expect(count).toBe(0);
  expect(rate).toBeCloseTo(0.3 / 0.14826, 9);
  expect(scaler.band('api', 1).high).toBeCloseTo(0.3 + 3 * 0.14826, 9);
  expect(scaler.band('api', 1).low).toBe(0);
});

test('what never varied in the fit is still seen when it first moves', () => {
  const scaler = createScaler(FEATURES, learnScaling(FEATURES, rowsOf('api', times(50, [0, 0]))));

  const [count, rate] = scaler.scale('api', Float64Array.of(1, 0.5));

  expect(count).toBeGreaterThan(2);
  expect(rate).toBeGreaterThan(10);
});

test('a source with few windows, and one that the fit never saw, are scaled like all together', () => {
  const rows = [...rowsOf('big', times(60, [100, 0])), ...rowsOf('small', times(29, [1, 0]))];
  const scaling = learnScaling(FEATURES, rows);
  const scaler = createScaler(FEATURES, scaling);

  expect(scaling.bySource.map(({ source }) => source)).toEqual(['big']);
  expect(scaler.scale('small', Float64Array.of(100, 0))).toEqual(
    scaler.scale('new', Float64Array.of(100, 0)),
  );
});

test('scaled values are finite, cut at the limit, monotone, and do not depend on the order of the rows', () => {
  const arbRows = fc.array(fc.tuple(fc.nat(1e6), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 80,
  });
  const arbValue = fc.oneof(fc.nat(1e6), fc.constantFrom(0, 1e300));
  fc.assert(
    fc.property(arbRows, arbValue, arbValue, (values, a, b) => {
      const rows = rowsOf('api', values);
      const scaling = learnScaling(FEATURES, rows);
      const scaler = createScaler(FEATURES, scaling);

      const [low] = scaler.scale('api', Float64Array.of(Math.min(a, b), 0));
      const [high] = scaler.scale('api', Float64Array.of(Math.max(a, b), 0));

      expect(learnScaling(FEATURES, rows.toReversed())).toEqual(scaling);
      expect(high).toBeGreaterThanOrEqual(low!);
      expect(low).toBeGreaterThanOrEqual(-MAX_Z);
      expect(high).toBeLessThanOrEqual(MAX_Z);
    }),
  );
});

test('a transformed value comes back', () => {
  expect(untransformFeature('records', transformFeature('records', 41))).toBeCloseTo(41, 9);
  expect(untransformFeature('ratio', transformFeature('ratio', 0.25))).toBe(0.25);
});
