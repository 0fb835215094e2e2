// The honest baselines: whatever cannot beat these has found nothing.
import { createRandom } from '../random.js';
import { type Detector, featureIndex, squash } from './detector.js';

const constant = (name: 'null' | 'always-on', sentence: string, score: number): Detector<null> => ({
  name,
  sentence,
  fit: () => null,
  create: () => ({ scoreOne: () => score, contributions: () => [] }),
});

export const nullBaseline = constant('null', 'never alerts', 0);
export const alwaysOnBaseline = constant('always-on', 'always alerts', 1);

/** Uniform in [0, 1) by seed, source and window, so that it too is a pure function. */
export const randomBaseline: Detector<{ readonly seed: string }> = {
  name: 'random',
  sentence: 'chance',
  fit: (_features, _windows, { seed }) => ({ seed }),
  create: (_features, { seed }) => ({
    scoreOne: ({ source, startMs }) => createRandom(`${seed}|${source}|${startMs}`).next(),
    contributions: () => [],
  }),
};

/** Errors in a window beyond this many score above one half. */
const HALF_ERRORS = 10;

/** What most people start with: the number of ERROR and FATAL records. */
export const errorCountBaseline: Detector<null> = {
  name: 'error-count',
  sentence: 'many ERROR or FATAL records',
  fit: () => null,
  create: (features) => {
    const critical = featureIndex(features, 'critical_count');
    return {
      scoreOne: ({ raw }) => squash(raw[critical]!, HALF_ERRORS),
      contributions: ({ raw }) => (raw[critical]! > 0 ? [{ feature: critical, amount: raw[critical]! }] : []),
    };
  },
};
