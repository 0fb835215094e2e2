import { array, assert, constant, double, oneof, property } from 'fast-check';
import { expect, test } from 'vitest';
import { bandChart } from './band-chart.js';

const arbValue = double({ min: -1e6, max: 1e6, noNaN: true });

test('line and band stay inside of the drawing', () => {
  assert(
    property(
      array(oneof(arbValue, constant(null)), { minLength: 1, maxLength: 60 }),
      arbValue,
      arbValue,
      (values, a, b) => {
        const chart = bandChart(values, { low: Math.min(a, b), high: Math.max(a, b) }, 300, 50);

        expect(chart.points.map((point) => point === null)).toEqual(values.map((value) => value === null));
        const outside = chart.points.filter(
          (point) => point && (point.x < 0 || point.x > 300 || point.y < 0 || point.y > 50),
        );
        expect(outside).toEqual([]);
        expect(chart.bandTop).toBeGreaterThanOrEqual(0);
        expect(chart.bandTop + chart.bandHeight).toBeLessThanOrEqual(50);
      },
    ),
  );
});

test('a value that is not known leaves a gap', () => {
  const { line } = bandChart([0, 5, null, 10], { low: 0, high: 5 }, 30, 10);

  expect(line).toBe('M0 10L10 5M30 0');
});
