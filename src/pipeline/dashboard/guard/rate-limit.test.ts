import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRateLimiter } from './rate-limit.js';

test('after a burst a client waits as long as it is told, and no shorter', () => {
  const limiter = createRateLimiter({ burst: 2, perSecond: 0.5 });

  expect([limiter('a', 0), limiter('a', 0), limiter('a', 0), limiter('b', 0)]).toEqual([0, 0, 2, 0]);
  expect(limiter('a', 1900)).toBe(1);
  expect(limiter('a', 2000)).toBe(0);
});

test('a long pause gives one burst, and a clock that is set back takes nothing away', () => {
  const limiter = createRateLimiter({ burst: 3, perSecond: 1 });
  const grantedAt = (nowMs: number): number =>
    Array.from({ length: 10 }, () => limiter('a', nowMs)).filter((waitS) => waitS === 0).length;

  expect(grantedAt(0)).toBe(3);
  expect(grantedAt(3_600_000)).toBe(3);
  limiter('a', 3_601_000);
  limiter('a', 3_603_000);
  expect(limiter('a', 0)).toBe(0);
});

test('however it asks, no client gets more than its burst and its rate', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -200, max: 3000 }), { maxLength: 200 }), (waitsMs) => {
      const limiter = createRateLimiter({ burst: 5, perSecond: 2 });
      let [nowMs, grantedCount, forwardMs] = [0, 0, 0];
      for (const waitMs of waitsMs) {
        nowMs += waitMs;
        // a clock that goes back and forth again gives nothing twice but what it went forth
        forwardMs += Math.max(0, waitMs);
        if (limiter('a', nowMs) === 0) grantedCount++;
      }
      expect(grantedCount).toBeLessThanOrEqual(5 + (forwardMs / 1000) * 2);
    }),
  );
});

test('strangers without number are forgotten in turn, not kept for ever', () => {
  const limiter = createRateLimiter({ burst: 1, perSecond: 0.001 });
  for (let n = 0; n < 30_000; n++) limiter(`client-${n}`, n);

  expect(limiter('client-0', 30_000)).toBe(0);
  expect(limiter('client-29999', 30_000)).toBeGreaterThan(0);
});
