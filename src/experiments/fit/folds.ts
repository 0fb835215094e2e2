// Leaves stretches of time out, one after the other, so that everything that is calibrated is calibrated on windows
// that whatever computed them had not seen.
import type { TrainingWindow } from '../../core/features/training-window.js';

export const FOLDS = 8;

/**
 * Whole stretches of data where there are enough of them (separate runs), else equal spans of time.
 *
 * @returns for each window the fold that it is left out with, 0 to at most FOLDS - 1; the same for all sources at one time
 */
export function assignFolds(windows: readonly TrainingWindow[], hopMs: number): readonly number[] {
  const times = [...new Set(windows.map(({ endMs }) => endMs))].sort((a, b) => a - b);
  const starts = times.filter((time, index) => index === 0 || time - times[index - 1]! > hopMs);
  // a cut between two stretches separates them for certain; a cut within one leaves neighbours on both sides
  const cuts = starts.length >= FOLDS ? starts : times;
  const foldOf = new Map<number, number>();
  let cut = -1;
  let next = 0;
  for (const time of times) {
    if (cuts[next] === time) {
      cut++;
      next++;
    }
    foldOf.set(time, Math.floor((cut * FOLDS) / cuts.length));
  }
  return windows.map(({ endMs }) => foldOf.get(endMs)!);
}
