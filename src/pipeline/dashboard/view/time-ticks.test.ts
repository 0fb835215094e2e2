import { assert, constantFrom, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { timeTicks } from './time-ticks.js';

const HOUR_MS = 3_600_000;

test('six hours have a mark at every full hour of the viewer', () => {
  const fromMs = Date.UTC(2026, 10, 22, 6, 10);

  const ticks = timeTicks({ fromMs, toMs: fromMs + 6 * HOUR_MS }, 'Asia/Kolkata', 8);

  // 06:10 UTC is 11:40 there
  expect(ticks.map(({ text }) => text)).toEqual(['12:00', '13:00', '14:00', '15:00', '16:00', '17:00']);
});

test('midnight is written as the day that begins', () => {
  const fromMs = Date.UTC(2026, 10, 21, 18);

  const ticks = timeTicks({ fromMs, toMs: fromMs + 12 * HOUR_MS }, 'UTC', 4);

  expect(ticks.map(({ text }) => text)).toEqual(['18:00', '21:00', '22 Nov', '03:00', '06:00']);
});

test('marks lie inside of the range, in order, and few enough', () => {
  assert(
    property(
      integer({ min: 1.6e12, max: 1.8e12 }),
      integer({ min: 60_000, max: 14 * 24 * HOUR_MS }),
      integer({ min: 2, max: 20 }),
      constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'),
      (fromMs, lengthMs, maxTicks, zone) => {
        const shares = timeTicks({ fromMs, toMs: fromMs + lengthMs }, zone, maxTicks).map(
          ({ share }) => share,
        );

        expect(
          shares.every((share, index) => share >= 0 && share <= 1 && share > (shares[index - 1] ?? -1)),
        ).toBe(true);
        expect(shares.length).toBeLessThanOrEqual(maxTicks + 1);
      },
    ),
  );
});
