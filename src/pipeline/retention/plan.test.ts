import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { planPieces } from './plan.js';
import { DAY_MS, HOUR_MS, testSettings } from './sweep.testkit.js';

test('law: of every source the windows before its cutoff go, but for those that stay', () => {
  const arbStretch = fc
    .tuple(fc.integer({ min: -20, max: 20 }), fc.oneof(fc.nat(10), fc.constant(Infinity)))
    .map(([from, length]) => ({
      source: 'api',
      fromMs: from * HOUR_MS,
      untilMs: (from + length) * HOUR_MS,
    }));
  fc.assert(
    fc.property(
      fc.array(arbStretch, { maxLength: 5 }),
      fc.integer({ min: -20, max: 20 }),
      (kept, cutoffHour) => {
        const cutoffMs = cutoffHour * HOUR_MS;
        const pieces = planPieces(
          testSettings(cutoffMs),
          [
            ['api', cutoffMs],
            ['db', cutoffMs - HOUR_MS],
          ],
          kept,
        ).map(({ piece }) => piece);
        const timesDeleted = (source: string, timeMs: number): number =>
          pieces.filter(
            (piece) =>
              piece.of === 'windows' &&
              piece.source === source &&
              timeMs >= piece.fromMs &&
              timeMs < piece.beforeMs,
          ).length;

        for (let hour = -25; hour < 25; hour++) {
          const timeMs = hour * HOUR_MS + 1;
          const stays = kept.some(({ fromMs, untilMs }) => timeMs >= fromMs && timeMs < untilMs);
          expect(timesDeleted('api', timeMs)).toBe(timeMs < cutoffMs && !stays ? 1 : 0);
          expect(timesDeleted('db', timeMs)).toBe(timeMs < cutoffMs - HOUR_MS ? 1 : 0);
        }
      },
    ),
  );
});

test('sums stay four times as long as single windows', () => {
  const beforeMs = 100 * DAY_MS;
  const pieces = planPieces(testSettings(beforeMs, { keepMs: 7 * DAY_MS }), [], []).map(({ piece }) => piece);

  expect(pieces).toEqual([
    { of: 'evidence', beforeMs },
    { of: 'deliveries', beforeMs },
    { of: 'deadLetters', beforeMs },
    { of: 'hours', beforeMs: beforeMs - 21 * DAY_MS },
    { of: 'templateDays', beforeMs: beforeMs - 21 * DAY_MS },
  ]);
});
