import { array, assert, constantFrom, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { bucketsOf, bucketSpan } from './bucket.js';
import { brushSpan, moveCursor } from './lane-cursor.js';

const SIZE = { lanes: 3, buckets: 40 };
const LOUD_AT = 25;
const isLoud = ({ bucket }: { readonly bucket: number }): boolean => bucket === LOUD_AT;
const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];

test('no key takes the cursor out of the lanes', () => {
  assert(
    property(array(constantFrom(...KEYS), { maxLength: 100 }), (keys) => {
      let cursor = { lane: 1, bucket: 20 };
      for (const key of keys) cursor = moveCursor(cursor, key, false, SIZE, isLoud) ?? cursor;

      expect(cursor.lane >= 0 && cursor.lane < SIZE.lanes).toBe(true);
      expect(cursor.bucket >= 0 && cursor.bucket < SIZE.buckets).toBe(true);
    }),
  );
});

test('Control with an arrow goes to the next anomaly, or stays where there is none', () => {
  expect(moveCursor({ lane: 0, bucket: 3 }, 'ArrowRight', true, SIZE, isLoud)).toEqual({
    lane: 0,
    bucket: LOUD_AT,
  });
  expect(moveCursor({ lane: 0, bucket: 3 }, 'ArrowLeft', true, SIZE, isLoud)).toEqual({ lane: 0, bucket: 3 });
  expect(moveCursor({ lane: 0, bucket: 3 }, 'x', false, SIZE, isLoud)).toBeUndefined();
});

test('a brush is whole buckets inside of the range, whichever way it was drawn', () => {
  const buckets = bucketsOf({ fromMs: 1_763_000_000_000, toMs: 1_763_021_600_000 }, 240);
  const arbShare = double({ min: -1, max: 2, noNaN: true });
  assert(
    property(arbShare, arbShare, (a, b) => {
      const span = brushSpan(a, b, buckets);

      expect(span).toEqual(brushSpan(b, a, buckets));
      expect(span.toMs).toBeGreaterThan(span.fromMs);
      expect(span.fromMs >= buckets.fromMs && span.toMs <= buckets.toMs).toBe(true);
      expect((span.fromMs - buckets.fromMs) % buckets.bucketMs).toBe(0);
    }),
  );
});

test('buckets cover the range, are no more than asked for, and stay in place while it moves on', () => {
  assert(
    property(
      integer({ min: 1.6e12, max: 1.8e12 }),
      integer({ min: 60_000, max: 30 * 86_400_000 }),
      integer({ min: 40, max: 720 }),
      (fromMs, lengthMs, maxCount) => {
        const buckets = bucketsOf({ fromMs, toMs: fromMs + lengthMs }, maxCount);
        const last = bucketSpan(buckets, buckets.count - 1);

        expect(buckets.count).toBeLessThanOrEqual(maxCount);
        expect(
          buckets.fromMs <= fromMs && buckets.toMs >= fromMs + lengthMs && last.toMs === buckets.toMs,
        ).toBe(true);
        expect(buckets.fromMs % buckets.bucketMs).toBe(0);
      },
    ),
  );
});
