import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEST_SPEC } from '../../core/window/windower.testkit.js';
import { cutoffMs, sourceCutoffMs } from './cutoff.js';
import { DAY_MS, HOUR_MS } from './sweep.testkit.js';

const NOW_MS = Date.UTC(2026, 6, 15, 12, 34, 56);

test('results are old by the stream’s own time and the wall clock, whichever is behind', () => {
  const keepMs = 30 * DAY_MS;
  const wantedMs = Date.UTC(2026, 5, 15, 12);

  expect(cutoffMs(keepMs, NOW_MS, NOW_MS)).toBe(wantedMs);
  // a record from 2099
  expect(cutoffMs(keepMs, Date.UTC(2099, 0, 1), NOW_MS)).toBe(wantedMs);
  // a machine whose clock was set to 2099
  expect(cutoffMs(keepMs, NOW_MS, Date.UTC(2099, 0, 1))).toBe(wantedMs);
  // a log of last year that is read now
  expect(cutoffMs(keepMs, NOW_MS - 365 * DAY_MS, NOW_MS)).toBe(wantedMs - 365 * DAY_MS);
  expect(cutoffMs(keepMs, undefined, NOW_MS)).toBeUndefined();
});

test('law: what is younger than it is kept, or may still be corrected, is never old', () => {
  const arbTime = fc.integer({ min: NOW_MS - 100 * DAY_MS, max: NOW_MS + 100 * DAY_MS });
  // a source that is far behind and has just begun an hour
  const arbSource = fc
    .tuple(fc.integer({ min: -2400, max: 2400 }), fc.nat(60_000))
    .map(([hours, ms]) => Math.floor(NOW_MS / HOUR_MS + hours) * HOUR_MS + ms);
  const arbKeep = fc.integer({ min: HOUR_MS, max: 60 * DAY_MS });
  fc.assert(
    fc.property(arbTime, arbTime, arbSource, arbKeep, (watermarkMs, nowMs, sourceMs, keepMs) => {
      const beforeMs = cutoffMs(keepMs, watermarkMs, nowMs)!;
      const ofSourceMs = sourceCutoffMs(beforeMs, sourceMs, TEST_SPEC);

      const youngMs = Math.min(watermarkMs, nowMs) - keepMs;
      expect(beforeMs).toBeLessThanOrEqual(youngMs);
      expect(beforeMs).toBeGreaterThan(youngMs - HOUR_MS);
      expect(ofSourceMs % HOUR_MS).toBe(0);
      expect(ofSourceMs).toBeLessThanOrEqual(sourceMs - TEST_SPEC.correctionMs - TEST_SPEC.windowMs);
    }),
  );
});
