import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { containsInstant, lengthMs, unionOfSpans } from './spans.js';

const arbSpans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 30 })), { maxLength: 20 })
  .map((spans) => spans.map(([startMs, length]) => ({ startMs, endMs: startMs + length })));

test('a union contains exactly the instants of its spans, each once', () => {
  fc.assert(
    fc.property(arbSpans, (spans) => {
      const union = unionOfSpans(spans);

      let covered = 0;
      for (let instant = -1; instant <= 231; instant++) {
        const isCovered = spans.some(({ startMs, endMs }) => startMs <= instant && instant < endMs);
        if (isCovered) covered++;
        expect(containsInstant(union, instant)).toBe(isCovered);
      }
      expect(lengthMs(union)).toBe(covered);
    }),
  );
});

test('spans that touch become one', () => {
  const union = unionOfSpans([
    { startMs: 10, endMs: 20 },
    { startMs: 0, endMs: 10 },
    { startMs: 30, endMs: 40 },
  ]);

  expect(union).toEqual([
    { startMs: 0, endMs: 20 },
    { startMs: 30, endMs: 40 },
  ]);
});
