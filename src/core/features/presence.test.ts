import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { learnPresence } from './learn-presence.js';
import { createPresenceModel, presenceVector, type Sparse } from './presence.js';

const WIDTH = 6;
const idf = [1, 1, 2, 2, 3, 3];
const vector = (at: readonly number[]): Sparse => presenceVector(at, (position) => idf[position]!);
// two habits: types 0, 1 and 2, or 0 and 3
const HEALTHY = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? [0, 3] : [0, 1, 2]));

test('a presence vector holds the weight of each type that is there, and nothing else', () => {
  expect(vector([0, 2, 5])).toEqual({ at: [0, 2, 5], values: [1, 2, 3] });
  expect(vector([])).toEqual({ at: [], values: [] });
});

test('line types that the fit never saw are residual with their whole weight', () => {
  const basis = learnPresence(HEALTHY, idf);
  const model = createPresenceModel(basis);
  const known = vector([0, 1, 2]);

  expect(basis.newIdf).toBeCloseTo(1 + Math.log(60), 5);
  expect(model.residual(known, 4) ** 2 - model.residual(known, 0) ** 2).toBeCloseTo(4 * basis.newIdf ** 2, 6);
  expect(model.residual(vector([]), 1)).toBeCloseTo(basis.newIdf, 9);
});

test('windows like those of the fit leave no residual, unseen combinations do', () => {
  const model = createPresenceModel(learnPresence(HEALTHY, idf));

  for (const at of HEALTHY) expect(model.residual(vector(at), 0)).toBeLessThan(1e-3);
  expect(model.residual(vector([0, 1, 2, 3]), 0)).toBeGreaterThan(0.05);
  expect(model.residual(vector([4]), 0)).toBeGreaterThan(0.5);
  expect(model.residual(vector([5]), 0)).toBeGreaterThan(model.residual(vector([0, 3, 5]), 0));
});

test('windows that are all alike have no component, and everything else is a residual', () => {
  const basis = learnPresence(
    Array.from({ length: 20 }, () => [0, 1]),
    idf,
  );
  const model = createPresenceModel(basis);

  expect(basis.components).toEqual([]);
  expect(model.residual(vector([0, 1]), 0)).toBeLessThan(1e-6);
  expect(model.residual(vector([2]), 0)).toBeGreaterThan(1);
});

test('a window without a known line is neither strange nor far', () => {
  const model = createPresenceModel(learnPresence(HEALTHY, idf));

  expect([model.residual(vector([]), 0), model.distance(vector([]))]).toEqual([0, 0]);
});

test('distance is in [0, 1], least for what is common', () => {
  const model = createPresenceModel(learnPresence(HEALTHY, idf));
  const arbAt = fc.uniqueArray(fc.nat(WIDTH - 1), { minLength: 1 }).map((at) => at.sort((a, b) => a - b));
  fc.assert(
    fc.property(arbAt, (at) => {
      const distance = model.distance(vector(at));

      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1);
      expect(Number.isFinite(model.residual(vector(at), 0))).toBe(true);
    }),
  );
  expect(model.distance(vector([4, 5]))).toBe(1);
  expect(model.distance(vector([0, 1, 2]))).toBeLessThan(model.distance(vector([0, 4])));
});

test('components have unit length, and their number is bounded by the habits', () => {
  const { components } = learnPresence(HEALTHY, idf);

  expect(components).toHaveLength(1);
  for (const component of components)
    expect(component.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6);
});

test.each([
  ['no window', []],
  ['one window', [[0, 1]]],
  ['two windows', [[0, 1], [2]]],
] as const)('a fit on %s is possible', (_what, windows) => {
  const model = createPresenceModel(learnPresence(windows, idf));

  expect(Number.isFinite(model.residual(vector([0, 4]), 0))).toBe(true);
});
