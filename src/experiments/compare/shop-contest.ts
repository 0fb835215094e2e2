// A comparison on the synthetic shop, as the notebooks run it: the data made anew, everything but what is varied as
// `loghorn fit` has it.
import type { DetectorName } from '../../core/detector/detector.js';
import { raceFitOptions } from '../benchmark/race.js';
import type { EvaluateOptions } from '../evaluate/options.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import type { Labels } from '../labels.js';
import { prepareShopData, type ShopOptions } from '../notebook/shop-data.js';
import { compareDetectors, type Comparison, type Contestant } from './compare-detectors.js';

export interface ShopContest extends ShopOptions {
  readonly contestants: readonly Contestant[];
  /** False alerts allowed, a day and service. */
  readonly alertBudget: number;
  /** Share of the time that is fitted on. */
  readonly split: number;
  readonly evaluate?: EvaluateOptions;
}

/** @returns with the labels that the contestants were judged by */
export async function runShopContest(
  contest: ShopContest,
): Promise<Comparison & { readonly labels: Labels }> {
  const { contestants, alertBudget, split, evaluate, ...shop } = contest;
  const { logsPath, labelsPath, labels } = await prepareShopData(shop);
  const fit = raceFitOptions(shop.seed, {
    name: 'shop',
    perFile: false,
    budgetPerDay: alertBudget,
    labelsPath,
  });
  const options = {
    ...fit,
    contestants,
    split,
    ...(evaluate && { evaluate }),
    nowMs: () => performance.now(),
  };
  return { ...(await compareDetectors(resolveInputs([logsPath]), labels, options, {})), labels };
}

/** One contestant a detector, named after it. */
export function contestantsOf(detectors: readonly DetectorName[], seed: string): readonly Contestant[] {
  return detectors.map((detector) => ({ name: detector, detector, seed }));
}
