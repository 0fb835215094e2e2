// How surprising it is that a source says far less than it just did, though it goes on: whoever watches for silence alone does
// not hear that nineteen of twenty users cannot get in. Its own feature, since what rests now and then often rests wholly: of
// silence there is much in health, of a busy source that falls there is next to nothing.
import type { Pane } from '../window/pane.js';
import { shortfallSurprise } from './surprise.js';
import type { TrainingWindow } from './training-window.js';

/** No more than this share of what is usual is a fall; what is more is how load goes up and down. */
const FALL_TO = 0.25;
/** From fewer records a window nothing falls that chance could not explain. */
const LEAST_USUAL = 20;
/** One low window alone is no proof: whatever ships the lines may be late. */
const LEAST_FALLEN = 2;
/** Windows before the fallen ones that say how much was just said: with fewer, a short burst is as long as all of them. */
const LEAST_BEFORE = 5;
/** As for silence. */
const MOST_BANS_A_WINDOW = 6;

/** What a source said in the windows that it fell in, and what it would usually have said in them. */
export interface Fall {
  readonly bans: number;
  readonly windows: number;
  readonly records: number;
  readonly usual: number;
}

/** What learning says of a source that can fall. */
export interface FallBasis {
  /** Median of the records in a window, silent ones included. */
  readonly usualRecords: number | undefined;
  /** See `SilenceOdds`. */
  readonly spread: number | undefined;
}

/** @param windows of one source, at least one; empty ones count as silence */
export function learnUsualRecords(windows: readonly TrainingWindow[]): number {
  return middleOf(windows.map(({ window }) => window.records));
}

/**
 * The most surprising one of the falls that the last windows can be seen as, two of them or more: so few records where the
 * lesser of two has been usual, the median of the windows just before and that of the fit. Under either alone the end of a
 * burst, or of a day, would be a fall.
 *
 * @param history of the source, oldest first, the newest last
 * @returns undefined where it has not fallen
 */
export function fallOf(
  { usualRecords = 0, spread }: FallBasis,
  history: readonly Pick<Pane, 'records'>[],
): Fall | undefined {
  if (spread === undefined || usualRecords < LEAST_USUAL) return undefined;
  // most windows are no less than usual, and go no further
  if (history[history.length - 1]!.records > FALL_TO * usualRecords) return undefined;
  let most: Fall | undefined;
  let records = history[history.length - 1]!.records;
  for (let windows = LEAST_FALLEN; windows <= history.length - LEAST_BEFORE; windows++) {
    records += history[history.length - windows]!.records;
    const before = history.slice(0, history.length - windows);
    const mean = Math.min(usualRecords, middleOf(before.map((each) => each.records)));
    const now = records / windows;
    if (mean < LEAST_USUAL || now > FALL_TO * mean) continue;
    // what little load there is comes in the same lumps: below the usual it varies more than by its square
    const each = shortfallSurprise(now, { mean, variance: mean + spread * mean * usualRecords });
    const bans = windows * Math.min(MOST_BANS_A_WINDOW, each);
    if (bans > (most?.bans ?? 0)) most = { bans, windows, records, usual: windows * mean };
  }
  return most && withoutHealthy(most, history);
}

/** From its first low window on: those before it lend it surprise, but it did not begin with them. */
function withoutHealthy(fall: Fall, history: readonly Pick<Pane, 'records'>[]): Fall {
  const { bans, usual } = fall;
  const mean = usual / fall.windows;
  let { windows, records } = fall;
  while (windows > LEAST_FALLEN && history[history.length - windows]!.records > FALL_TO * mean)
    records -= history[history.length - windows--]!.records;
  return { bans, windows, records, usual: windows * mean };
}

/** The middle value, of an even number the lower one of the two. */
function middleOf(counts: readonly number[]): number {
  const ascending = counts.slice().sort((a, b) => a - b);
  return ascending[(ascending.length - 1) >> 1]!;
}
