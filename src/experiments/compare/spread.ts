// How far the figures of a comparison move when only chance is another: the data's seed, or the detector's.
import type { DetectorName } from '../../core/detector/detector.js';
import type { Compared } from './compare-detectors.js';
import { contestantsOf, runShopContest, type ShopContest } from './shop-contest.js';

export const SPREAD_MEASURES = ['eventRecall', 'windowPrAuc', 'falseAlertsADay'] as const;
export type SpreadMeasure = (typeof SPREAD_MEASURES)[number];

/** One contestant once. Null where a measure is undefined. */
export interface SpreadPoint extends Readonly<Record<SpreadMeasure, number | null>> {
  readonly detector: DetectorName;
  /** The seed that was varied. */
  readonly seed: string;
}

/** Only points are wanted of these runs: no intervals, and a single draw of the baseline. */
const QUICK = { resamples: 0, randomDraws: 1 } as const;

export interface SpreadOptions extends Omit<ShopContest, 'contestants' | 'evaluate' | 'seed'> {
  readonly detectors: readonly DetectorName[];
  readonly seeds: readonly string[];
}

/** The same detectors on other days of the same shop: one data set a seed. */
export async function spreadOverData(options: SpreadOptions): Promise<readonly SpreadPoint[]> {
  const { detectors, seeds, ...shared } = options;
  const points: SpreadPoint[] = [];
  for (const seed of seeds) {
    const contestants = contestantsOf(detectors, seed);
    const { compared } = await runShopContest({ ...shared, seed, contestants, evaluate: QUICK });
    points.push(...compared.map((each) => spreadPoint(each, seed)));
  }
  return points;
}

/** The same detectors on the same data, their own chance drawn anew. @param dataSeed of the data */
export async function spreadOverDetectorSeeds(
  options: SpreadOptions,
  dataSeed: string,
): Promise<readonly SpreadPoint[]> {
  const { detectors, seeds, ...shared } = options;
  const contestants = seeds.flatMap((seed) =>
    contestantsOf(detectors, seed).map((each) => ({ ...each, name: `${each.name}, seed ${seed}` })),
  );
  const { compared } = await runShopContest({ ...shared, seed: dataSeed, contestants, evaluate: QUICK });
  return compared.map((each) => spreadPoint(each, each.seed));
}

export function spreadPoint({ detector, evaluation }: Compared, seed: string): SpreadPoint {
  return {
    detector,
    seed,
    eventRecall: evaluation.events.recall,
    windowPrAuc: evaluation.windows.prAuc,
    falseAlertsADay: evaluation.events.falseAlertsADay,
  };
}
