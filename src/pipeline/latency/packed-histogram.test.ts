import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHistogram } from './histogram.js';
import { addPacked, packedDurations, packHistogram } from './packed-histogram.js';

/** Microseconds, from a batch's scoring to minutes of lag. */
const arbDurationUs = fc.oneof(fc.nat(100), fc.nat(50_000), fc.nat(600_000_000));
const arbDurations = fc.array(arbDurationUs, { minLength: 1, maxLength: 200 });

function packOf(durationsUs: readonly number[]) {
  const histogram = createHistogram();
  for (const each of durationsUs) histogram.record(each);
  return packHistogram(histogram);
}

test('law: parts added up have the quantiles of all their durations together', () => {
  fc.assert(
    fc.property(fc.array(arbDurations, { minLength: 1, maxLength: 5 }), (parts) => {
      const sum = packedDurations(addPacked(...parts.map(packOf)));

      const all = parts.flat().sort((a, b) => a - b);
      expect(sum.count).toBe(all.length);
      for (const [share, name] of [
        [0.5, 'p50'],
        [0.95, 'p95'],
        [0.99, 'p99'],
      ] as const) {
        const wantedMs = all[Math.max(0, Math.ceil(share * all.length) - 1)]! / 1000;
        // half a step of either histogram, and whole microseconds
        expect(Math.abs(sum[name] - wantedMs)).toBeLessThanOrEqual(0.035 * wantedMs + 0.001);
      }
    }),
  );
});

test('nothing measured is nothing told', () => {
  expect(packedDurations(addPacked(packOf([]), []))).toEqual({ p50: 0, p95: 0, p99: 0, count: 0 });
});
