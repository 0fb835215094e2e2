import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockAxis, countAxis, createScale, decadeAxis } from './chart-axis.js';

test('an axis of counts reaches the greatest in few whole steps', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (greatest) => {
      const { max, ticks } = countAxis('n', greatest);
      expect(max).toBeGreaterThanOrEqual(greatest);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every(({ value }) => Number.isInteger(value))).toBe(true);
    }),
  );
});

test('every tick lies on the paper, from one end to the other', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 1e6, noNaN: true }),
      fc.double({ min: 1, max: 1e4, noNaN: true }),
      (least, factor) => {
        const axis = decadeAxis('rate', least, least * factor);
        const at = createScale(axis, 40, 400);
        const places = axis.ticks.map(({ value }) => at(value));
        expect(places[0]).toBe(40);
        expect(places.at(-1)).toBe(400);
        expect(at(least)).toBeGreaterThanOrEqual(40);
      },
    ),
  );
});

test('what lies outside an axis is drawn at its end', () => {
  const at = createScale({ label: '', min: 0, max: 1, ticks: [] }, 100, 0);

  expect([at(-5), at(0.25), at(7)]).toEqual([100, 75, 0]);
});

test('a clock has its ticks at round times', () => {
  const start = Date.UTC(2026, 2, 3, 10, 18, 55);

  const { ticks } = clockAxis(start, start + 44 * 60_000);

  expect(ticks.map(({ text }) => text)).toEqual(['10:20', '10:30', '10:40', '10:50', '11:00']);
});
