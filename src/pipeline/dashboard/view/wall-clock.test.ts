import { assert, constantFrom, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { fromWallClock, toWallClock } from './wall-clock.js';

test('a reading that was written down means the minute it was read in', () => {
  assert(
    property(
      integer({ min: 1.6e12, max: 1.8e12 }),
      constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'),
      (timeMs, zone) => {
        const reading = toWallClock(timeMs, zone);
        const meantMs = fromWallClock(reading, zone)!;

        // in the hour that autumn repeats it may be the other of the two
        expect(toWallClock(meantMs, zone)).toBe(reading);
        expect([0, 3_600_000]).toContain(Math.abs(Math.floor(timeMs / 60_000) * 60_000 - meantMs));
      },
    ),
  );
});

test('what is no reading is none', () => {
  expect(fromWallClock('', 'UTC')).toBeUndefined();
  expect(fromWallClock('soon', 'UTC')).toBeUndefined();
});
