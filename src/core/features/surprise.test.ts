import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { countSurprise, shortfallSurprise } from './surprise.js';

test('a count up to the mean surprises nobody', () => {
  expect([countSurprise(0, { mean: 3, variance: 3 }), countSurprise(3, { mean: 3, variance: 9 })]).toEqual([
    0, 0,
  ]);
});

test('Poisson counts: Chernoff’s bound, worked by hand', () => {
  // 10 ln(10 / 2) - 10 + 2 = 8.0944 nats = 3.5153 bans; the exact tail P(X >= 10 | 2) is 4.65e-5 = 4.33 bans
  expect(countSurprise(10, { mean: 2, variance: 2 })).toBeCloseTo(3.5153, 3);
  expect(countSurprise(10, { mean: 2, variance: 1 })).toBe(countSurprise(10, { mean: 2, variance: 2 }));
});

test('over-dispersed counts surprise less, the more the wider they spread', () => {
  const bans = [2, 4, 10, 40].map((variance) => countSurprise(10, { mean: 2, variance }));

  expect(bans).toEqual([...bans].sort((a, b) => b - a));
  // mean 2, variance 4: size 2; 10 ln 5 - 12 ln 3 = 2.9110 nats = 1.2643 bans
  expect(bans[1]).toBeCloseTo(1.2643, 3);
});

test('surprise rises with the count, is never NaN and never negative', () => {
  const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      positive,
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.nat(1e6),
      fc.nat(1e3),
      (mean, variance, count, more) => {
        const low = countSurprise(count, { mean, variance });
        const high = countSurprise(count + more, { mean, variance });

        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low - 1e-6);
        expect(Number.isFinite(high)).toBe(true);
      },
    ),
  );
});

test('it is a bound: never more surprised than the exact Poisson tail', () => {
  for (const mean of [0.5, 2, 20]) {
    for (let count = Math.ceil(mean) + 1; count < 6 * mean + 10; count += 3) {
      let term = Math.exp(-mean);
      let below = 0;
      for (let k = 0; k < count; k++) {
        below += term;
        term *= mean / (k + 1);
      }
      const tail = 1 - below;
      if (tail < 1e-12) break;
      expect(countSurprise(count, { mean: mean, variance: mean })).toBeLessThanOrEqual(
        -Math.log10(tail) + 1e-9,
      );
    }
  }
});

test('a shortfall from the mean on surprises nobody, and none at all is as for chance alone', () => {
  expect([3, 9].map((count) => shortfallSurprise(count, { mean: 3, variance: 9 }))).toEqual([0, 0]);
  // e^-6 = 2.6058 bans
  expect(shortfallSurprise(0, { mean: 6, variance: 6 })).toBeCloseTo(2.6058, 3);
  // mean 10, variance 20: size 10; 2 ln .2 - 12 ln(12 / 20) = 2.9110 nats = 1.2643 bans
  expect(shortfallSurprise(2, { mean: 10, variance: 20 })).toBeCloseTo(1.2643, 3);
});

test('a shortfall rises as the count falls, is never NaN and never negative', () => {
  const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      positive,
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.nat(1e6),
      fc.nat(1e6),
      (mean, variance, a, b) => {
        const low = shortfallSurprise(Math.min(a, b), { mean, variance });
        const high = shortfallSurprise(Math.max(a, b), { mean, variance });

        expect(high).toBeGreaterThanOrEqual(0);
        expect(low).toBeGreaterThanOrEqual(high - 1e-9 * (1 + high));
      },
    ),
  );
});
