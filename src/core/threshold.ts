// From which score on a window alerts: chosen for an alert budget, from scores of healthy windows that the fit had
// left out. Nobody has to guess a share of anomalies.
import { createRandom } from './random.js';

export interface Threshold {
  /** A window alerts when its score is at least this; in [0, 1]. */
  readonly value: number;
  /** 90 % interval of the value, by resampling stretches of time. */
  readonly interval: readonly [number, number];
  /** False alerts that were allowed, a day and source. */
  readonly budgetPerDay: number;
  /** Alerts a day and source that the left-out healthy windows would have raised at this value. */
  readonly healthyAlertsPerDay: number;
  /** Source-days of left-out healthy windows that it rests on. */
  readonly sourceDays: number;
  /** Share of labelled anomalies in the fit's data that would have been caught; null without labels. */
  readonly expectedRecall: number | null;
}

/** The greatest score of an alert that would have been: one maximal run of windows above a floor. */
export interface HealthyPeak {
  readonly score: number;
  readonly startMs: number;
}

const DAY_MS = 86_400_000;
const RESAMPLES = 200;
const BLOCKS = 20;

/**
 * Peaks over threshold: the peaks of separate excursions are counted, not windows, since a person gets one alert for
 * a run of them. Beyond the greatest peak the tail is taken as exponential in the odds of the score, and followed for
 * one mean excess at most.
 *
 * @param peaks of left-out healthy windows, one an excursion
 * @param coveredMs healthy time that they come from, summed over sources
 */
export function chooseThreshold(
  peaks: readonly HealthyPeak[],
  coveredMs: number,
  budgetPerDay: number,
  seed: string,
): Omit<Threshold, 'expectedRecall'> {
  const sourceDays = coveredMs / DAY_MS;
  const value = thresholdOf(
    peaks.map(({ score }) => score),
    budgetPerDay * sourceDays,
  );

  const blocks: number[][] = Array.from({ length: BLOCKS }, () => []);
  const byTime = [...peaks].sort((a, b) => a.startMs - b.startMs);
  byTime.forEach(({ score }, index) => blocks[Math.floor((index * BLOCKS) / byTime.length)]!.push(score));
  const random = createRandom(`${seed}|threshold`);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    thresholdOf(
      blocks.flatMap(() => blocks[random.below(BLOCKS)]!),
      budgetPerDay * sourceDays,
    ),
  ).sort((a, b) => a - b);

  return {
    value,
    interval: [resampled[Math.floor(0.05 * RESAMPLES)]!, resampled[Math.ceil(0.95 * RESAMPLES) - 1]!],
    budgetPerDay,
    healthyAlertsPerDay:
      sourceDays === 0 ? 0 : peaks.filter(({ score }) => score >= value).length / sourceDays,
    sourceDays,
  };
}

/** A score of 0 says that nothing is strange: however large the budget, it never alerts. */
const LEAST_THRESHOLD = 1e-9;

/** Lowest threshold above 0 that `allowed` peaks reach on average. */
function thresholdOf(scores: readonly number[], allowed: number): number {
  return Math.max(LEAST_THRESHOLD, unboundedThresholdOf(scores, allowed));
}

function unboundedThresholdOf(scores: readonly number[], allowed: number): number {
  const odds = scores.map(oddsOf).sort((a, b) => b - a);
  if (odds.length === 0) return 0.5;
  if (allowed >= 1) {
    // between the last peak that may alert and the first that may not
    const rank = Math.floor(allowed);
    if (rank >= odds.length) return scoreOf(odds[odds.length - 1]!);
    const [inside, outside] = [odds[rank - 1]!, odds[rank]!];
    return inside > outside ? scoreOf((inside + outside) / 2) : justAbove(inside);
  }
  const tail = odds.slice(0, Math.max(2, Math.min(odds.length, Math.ceil(odds.length / 5), 50)));
  const from = tail[tail.length - 1]!;
  const meanExcess = tail.reduce((sum, each) => sum + (each - from), 0) / tail.length;
  // a short fit asks for a score that nothing in it came near: further out than this the tail is a guess
  const furthest = odds[0]! + meanExcess;
  const extrapolated = Math.min(furthest, from + meanExcess * Math.log(tail.length / allowed));
  return Math.max(justAbove(odds[0]!), scoreOf(extrapolated));
}

/** Odds undo `squash`, so that they are the detector's strangeness again, up to its scale. */
function oddsOf(score: number): number {
  return score / Math.max(1e-12, 1 - score);
}

function scoreOf(odds: number): number {
  return odds / (1 + odds);
}

/** A threshold that a score of these odds does not reach, also where scores are so close to 1 that odds round away. */
function justAbove(odds: number): number {
  return Math.min(1, Math.max(scoreOf(odds * (1 + 1e-9) + 1e-9), scoreOf(odds) + Number.EPSILON));
}
