import { assert, boolean, constantFrom, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { heatOf, heatScale } from './heat.js';

const arbShare = double({ min: 0, max: 1, noNaN: true });

test('loud cells fill their lane and calm ones never more than half of it', () => {
  assert(
    property(
      arbShare,
      arbShare,
      boolean(),
      constantFrom('light', 'dark'),
      (score, threshold, hasAlert, shade) => {
        const { height, isLoud, colour } = heatOf(score, threshold, hasAlert, shade);

        expect(isLoud).toBe(hasAlert || score >= threshold);
        expect(isLoud ? height === 1 : height > 0 && height <= 0.5).toBe(true);
        expect(heatScale(shade)[isLoud ? 'loud' : 'calm']).toContain(colour);
      },
    ),
  );
});

test('a stranger window is never shown calmer', () => {
  assert(
    property(arbShare, arbShare, arbShare, (a, b, threshold) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((score) =>
        heatOf(score, threshold, false, 'dark'),
      );

      expect(low!.height).toBeLessThanOrEqual(high!.height);
    }),
  );
});
