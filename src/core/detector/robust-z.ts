// Robust z-score: the feature that is furthest from its source's median, in spreads of the median absolute deviation
// (Iglewicz & Hoaglin 1993).
import { type Detector, squash } from './detector.js';

/** A z of this size scores 0.5: Iglewicz and Hoaglin's cut for an outlier. */
const HALF_Z = 3.5;

export const robustZ: Detector<null> = {
  name: 'robust-z',
  sentence: 'a feature far outside its usual band',
  fit: () => null,
  create: () => ({
    scoreOne: ({ scaled }) => {
      let greatest = 0;
      for (const z of scaled) if (Math.abs(z) > greatest) greatest = Math.abs(z);
      return squash(greatest, HALF_Z);
    },
    contributions: ({ scaled }) =>
      Array.from(scaled, (z, feature) => ({ feature, amount: Math.abs(z) }))
        .filter(({ amount }) => amount > HALF_Z)
        .sort((a, b) => b.amount - a.amount || a.feature - b.feature),
  }),
};
