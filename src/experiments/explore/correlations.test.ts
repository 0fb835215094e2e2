import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { correlate, correlationFigure, twins } from './correlations.js';

const arbRows = fc.array(
  fc.tuple(fc.nat(20), fc.oneof(fc.constant(0), fc.nat(3)), fc.double({ min: 0, max: 1, noNaN: true })),
  { minLength: 5, maxLength: 60 },
);

test('correlations are symmetric, within -1 and 1, and 1 with oneself', () => {
  fc.assert(
    fc.property(arbRows, (rows) => {
      const { names, matrix } = correlate(['log_count', 'error_count', 'warn_rate'], rows);

      names.forEach((_, i) => {
        expect(matrix[i]![i]).toBe(1);
        names.forEach((_, j) => {
          expect(matrix[i]![j]).toBeCloseTo(matrix[j]![i]!, 12);
          expect(Math.abs(matrix[i]![j]!)).toBeLessThanOrEqual(1);
        });
      });
    }),
  );
});

test('only the order of values counts: a square and a logarithm say the same as the value', () => {
  const rows = [1, 2, 3, 5, 8, 13].map((x) => [x, x ** 2, -Math.log(x)]);

  const { names, matrix } = correlate(['x', 'square', 'falling'], rows);

  const of = (a: string, b: string): number => matrix[names.indexOf(a)]![names.indexOf(b)]!;
  expect(of('x', 'square')).toBeCloseTo(1, 12);
  expect(of('x', 'falling')).toBeCloseTo(-1, 12);
});

test('a feature that never varies has no correlation and is named', () => {
  const rows = [1, 2, 3].map((x) => [x, 0, x]);

  expect(correlate(['a', 'never', 'b'], rows)).toMatchObject({ names: ['a', 'b'], constant: ['never'] });
});

test('alike features stand beside each other and form a group', () => {
  // a and c rise together; b and d go their own way
  const rows = [
    [1, 5, 10, 2],
    [2, 1, 20, 9],
    [3, 4, 30, 1],
    [4, 2, 40, 7],
    [5, 3, 50, 3],
  ];

  const correlations = correlate(['a', 'b', 'c', 'd'], rows);

  const { names } = correlations;
  expect(Math.abs(names.indexOf('a') - names.indexOf('c'))).toBe(1);
  expect(twins(correlations, 0.95)).toEqual([{ feature: 'a', twins: ['c'] }]);
  expect(correlationFigure(correlations).data[0]).toMatchObject({ x: names, y: names, zmin: -1, zmax: 1 });
});
