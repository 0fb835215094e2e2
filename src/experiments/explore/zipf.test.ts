import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitZipf, zipfFigure } from './zipf.js';

test('an exact power law gives back its exponent and scale, in any order of the counts', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.3, max: 3, noNaN: true }), fc.integer({ min: 3, max: 800 }), (s, n) => {
      const counts = Array.from({ length: n }, (_, index) => 1e9 / (index + 1) ** s).reverse();

      const fit = fitZipf(counts);

      expect(fit.exponent).toBeCloseTo(s, 6);
      expect(fit.scale / 1e9).toBeCloseTo(1, 6);
      expect(fit.r2).toBeCloseTo(1, 6);
    }),
  );
});

test('templates that are all alike have exponent 0', () => {
  expect(fitZipf([7, 7, 7, 7])).toMatchObject({ exponent: 0, r2: 1 });
});

test('templates that never occur do not count, and two are too few', () => {
  expect(fitZipf([0, 4, 2, 1, 0]).counts).toEqual([4, 2, 1]);
  expect(() => fitZipf([0, 4, 2])).toThrow(/at least 3 templates that occur, got 2/);
});

test('the figure shows every template and a line from the first rank to the last', () => {
  const figure = zipfFigure(fitZipf([100, 40, 30, 10, 1]));

  expect(figure.data[0]).toMatchObject({ x: [1, 2, 3, 4, 5], y: [100, 40, 30, 10, 1] });
  const { x } = figure.data[1] as { readonly x: readonly number[] };
  expect([x[0], x.at(-1)]).toEqual([1, 5]);
});
