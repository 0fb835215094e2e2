// Contestants that nobody fitted: scores of half-minute windows, judged for real.
import { evaluate } from '../evaluate/evaluate.js';
import { label, labelsOf, minuteMs, rowsOf } from '../evaluate/evaluate.testkit.js';
import type { Labels } from '../labels.js';
import type { Compared, Contestant } from './compare-detectors.js';

/** Two hours of one service with an error spike in the 30th minute and a silence in the 60th, five minutes each. */
export const TWO_HOURS: Labels = labelsOf(
  [
    label('spike', 30 * minuteMs, 35 * minuteMs, { kind: 'error-spike' }),
    label('silence', 60 * minuteMs, 65 * minuteMs, { kind: 'silence' }),
  ],
  120 * minuteMs,
);

/** @param scoreAt score of the window that begins in this minute; from 0.5 on it alerts */
export function comparedBy(
  detector: Contestant['detector'],
  scoreAt: (minute: number) => number,
  labels: Labels = TWO_HOURS,
): Compared {
  const windows = rowsOf(
    'api',
    Array.from({ length: 240 }, (_, i) => scoreAt(i / 2)),
  );
  const evaluation = evaluate(windows, labels, { resamples: 0, randomDraws: 1 });
  return {
    name: detector,
    detector,
    seed: '1',
    windows,
    evaluation,
    fitMs: 2000,
    scoreMs: 24,
    scoredWindows: 240,
  };
}

/** Finds the spike two minutes late and nothing else. */
export const SPIKE_FINDER = comparedBy('new-templates', (minute) =>
  minute >= 32 && minute < 35 ? 0.9 : 0.1,
);
/** Finds both and alerts twice for nothing. */
export const EAGER_FINDER = comparedBy('combined', (minute) =>
  [10, 30, 60, 90].some((at) => minute >= at && minute < at + 5) ? 0.8 : 0.2,
);
