import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sparklinePath } from './sparkline-path.js';

const arbCounts = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 24, maxLength: 24 });

describe('a sparkline', () => {
  test('has one bar for each count above none, and stays inside its drawing', () => {
    fc.assert(
      fc.property(arbCounts, (counts) => {
        const path = sparklinePath(counts, 96, 20, Math.max(...counts));

        expect(path.match(/M/g)?.length ?? 0).toBe(counts.filter((count) => count > 0).length);
        const heights = [...path.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y));
        const rights = [...path.matchAll(/H([\d.]+)/g)].map(([, x]) => Number(x));
        expect(heights.every((y) => y >= 0 && y <= 20)).toBe(true);
        expect(rights.every((x) => x > 0 && x <= 96)).toBe(true);
      }),
    );
  });

  test('shows one record among a million by at least a pixel', () => {
    expect(sparklinePath([1_000_000, 1], 4, 20, 1_000_000)).toBe('M0 20V0H2V20ZM2 20V19H4V20Z');
  });
});
