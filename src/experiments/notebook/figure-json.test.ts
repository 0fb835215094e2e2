import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { figureHash, settleFigure } from './figure-json.js';

test('numbers keep five digits, whole ones all of theirs, and what is no number leaves a gap', () => {
  const startMs = Date.UTC(2026, 2, 2, 10, 31, 7, 123);

  const { data } = settleFigure({
    data: [{ x: [startMs], y: [0.123456789, -1234.5678, 1e-9 / 3, -0, NaN, Infinity, 120_001] }],
  });

  expect(data).toEqual([{ x: [startMs], y: [0.12346, -1234.6, 3.3333e-10, 0, null, null, 120_001] }]);
});

test('typed arrays and dates become plain, and what is undefined is left out', () => {
  const { data, layout } = settleFigure({
    data: [{ y: Float64Array.of(1, 0.5), x: [new Date(86_400_000)], name: undefined }],
    layout: { title: { text: 'load', font: undefined } },
  });

  expect(data).toStrictEqual([{ y: [1, 0.5], x: [86_400_000] }]);
  expect(layout).toStrictEqual({ title: { text: 'load' } });
});

test('what is not plain data is refused with its place', () => {
  expect(() => settleFigure({ data: [{ y: [1, () => 2] }] })).toThrow('data[0].y[1] is a function');
});

test('settling twice changes nothing, and a trip through JSON keeps the hash', () => {
  fc.assert(
    fc.property(arbFigure, (figure) => {
      const settled = settleFigure(figure);

      expect(settleFigure(settled)).toEqual(settled);
      expect(JSON.parse(JSON.stringify(settled))).toEqual(settled);
      expect(figureHash(JSON.parse(JSON.stringify(settled)) as typeof figure)).toBe(figureHash(figure));
    }),
  );
});

test('the order of keys does not change the hash, a moved point does', () => {
  const figure = { data: [{ name: 'a', y: [1, 2] }], layout: { height: 300 } };

  expect(figureHash({ layout: { height: 300 }, data: [{ y: [1, 2], name: 'a' }] })).toBe(figureHash(figure));
  expect(figureHash({ ...figure, data: [{ name: 'a', y: [2, 1] }] })).not.toBe(figureHash(figure));
});

const arbFigure = fc.record({
  data: fc.array(
    fc.record({
      name: fc.string(),
      x: fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }), { maxLength: 20 }),
      y: fc.array(fc.oneof(fc.double(), fc.constant(-0)), { maxLength: 20 }),
      counts: fc.float64Array({ maxLength: 5 }),
    }),
    { maxLength: 4 },
  ),
  layout: fc.record({ height: fc.nat(), title: fc.record({ text: fc.string() }) }),
});
