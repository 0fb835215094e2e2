// How surprising it is that a source says nothing: by how long it ever was silent in healthy windows, and by how much it
// said just before. The first alone would say more of how long the fit watched than of a source that never is silent.
import type { Pane } from '../window/pane.js';
import { round } from './count-moments.js';
import type { SilenceOdds } from './feature-spec.js';
import type { TrainingWindow } from './training-window.js';

/** Windows before one that say how much its source is just saying. */
const LEAST_BEFORE = 3;
/** Fewer windows below what came before them do not say how far below is usual. */
const LEAST_LOWER = 30;
/** One window alone is no proof, however much was said before: whatever ships the lines may be late. */
const MOST_BANS_A_WINDOW = 6;

/** @param windows of one source, in order of time; empty ones count as silence */
export function learnSilence(windows: readonly TrainingWindow[], rollingWindows: number): SilenceOdds {
  let silent = 0;
  let followed = 0;
  let continued = 0;
  windows.forEach((each, index) => {
    if (each.window.records > 0) return;
    silent++;
    const next = windows[index + 1];
    if (!next || next.stretch !== each.stretch) return;
    followed++;
    if (next.window.records === 0) continued++;
  });
  const spread = learnSpread(windows, rollingWindows);
  return {
    // with half an observation added, so that what was never seen is rare and not impossible
    first: round((silent + 0.5) / (windows.length + 1)),
    next: round((continued + 0.5) / (followed + 1)),
    ...(spread === undefined ? {} : { spread: round(spread) }),
  };
}

/**
 * Relative variance, beyond that of chance, of the windows with fewer records than those just before them had on average.
 * Bursts are above that, and say nothing about silence.
 */
function learnSpread(windows: readonly TrainingWindow[], rollingWindows: number): number | undefined {
  let lower = 0;
  let squares = 0;
  let meanSquares = 0;
  for (let index = LEAST_BEFORE; index < windows.length; index++) {
    const { window, stretch } = windows[index]!;
    const before = windows.slice(Math.max(0, index - rollingWindows + 1), index);
    const near = before.filter((each) => each.stretch === stretch).map((each) => each.window.records);
    if (near.length < LEAST_BEFORE) continue;
    const mean = meanOf(near);
    if (window.records >= mean) continue;
    lower++;
    // the mean of few windows varies by chance, too
    squares += (window.records - mean) ** 2 - mean * (1 + 1 / near.length);
    meanSquares += mean * mean;
  }
  return lower < LEAST_LOWER ? undefined : Math.max(0, squares / meanSquares);
}

/**
 * Bans: the greater one of two surprises. That of so many silent windows by how often they were silent in the fit; and
 * that of none at all in each of them where the windows before had so many, under a negative binomial distribution.
 *
 * @param history of the source, oldest first; the windows that it ends with are those that are judged
 */
export function silenceSurprise(
  odds: SilenceOdds | undefined,
  history: readonly Pick<Pane, 'records'>[],
): number {
  let silent = 0;
  while (silent < history.length && history[history.length - 1 - silent]!.records === 0) silent++;
  if (silent === 0 || !odds) return 0;
  const byLength = -(Math.log10(odds.first) + (silent - 1) * Math.log10(odds.next));
  const before = history.slice(0, history.length - silent);
  if (odds.spread === undefined || before.length < LEAST_BEFORE) return byLength;
  const byVolume = Math.min(
    MOST_BANS_A_WINDOW,
    zeroBans(meanOf(before.map(({ records }) => records)), odds.spread),
  );
  return Math.max(byLength, silent * byVolume);
}

/** Surprise of no record at all where `mean` are expected, with variance `mean + spread · mean²`. */
function zeroBans(mean: number, spread: number): number {
  return (spread * mean < 1e-9 ? mean : Math.log1p(spread * mean) / spread) * Math.LOG10E;
}

function meanOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}
