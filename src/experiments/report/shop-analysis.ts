// An error analysis of the synthetic shop, as a notebook runs it: the data made anew, a fit on its first part, and the
// very analysis that `loghorn report` does on the rest.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DetectorName } from '../../core/detector/detector.js';
import { readArtifact, writeArtifact } from '../artifact-folder.js';
import { raceFitOptions } from '../benchmark/race.js';
import { readFeedback } from '../feedback/read-feedback.js';
import { finishFit, prepareFit } from '../fit/fit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { splitTimeMs } from '../input/split-time.js';
import { NOTEBOOK_DATA, prepareShopData, type ShopOptions } from '../notebook/shop-data.js';
import { analyseErrors } from './analyse-errors.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { renderReport } from './render-report.js';
import { makeFolder } from '../../shell/make-folder.js';

export interface ShopAnalysisOptions extends ShopOptions {
  readonly detector: DetectorName;
  /** False alerts allowed, a day and service. */
  readonly alertBudget: number;
  /** Share of the time that is fitted on. */
  readonly split: number;
  /** Cards of each sort. */
  readonly maxCards: number;
  /** A file of judged alerts; empty or left out where there is none. */
  readonly feedback?: string;
}

export async function analyseShop(options: ShopAnalysisOptions): Promise<ErrorAnalysis> {
  const { detector, alertBudget, split, maxCards, feedback = '', ...shop } = options;
  const { logsPath, labelsPath, labels } = await prepareShopData(shop);
  const files = resolveInputs([logsPath]);
  const fit = raceFitOptions(shop.seed, {
    name: 'shop-errors',
    detector,
    perFile: false,
    budgetPerDay: alertBudget,
    labelsPath,
  });
  const untilMs = await splitTimeMs(files, split, fit.window.hopMs);
  const data = await prepareFit(files, { ...fit, untilMs }, {});
  const artifact = readArtifact(writeArtifact(finishFit(data, fit), join(NOTEBOOK_DATA, 'models')));
  const analysis = await analyseErrors(files, artifact, labels, {
    command: 'analyseShop, of a notebook',
    labelsFile: {
      name: basename(labelsPath),
      sha256: createHash('sha256').update(readFileSync(labelsPath)).digest('hex'),
    },
    input: {},
    perFile: false,
    keepFitSpan: false,
    maxCards,
    feedback: feedback === '' ? undefined : readFeedback(feedback),
  });
  // only a signal stops it, and none was given
  return analysis!;
}

/**
 * Writes the page and its data beside it, among what notebooks write.
 *
 * @param name of the page, without an ending
 * @returns the page's path as seen from the project's folder, and its size in bytes
 */
export function writeNotebookReport(
  analysis: ErrorAnalysis,
  name: string,
): { readonly path: string; readonly bytes: number } {
  const file = join(NOTEBOOK_DATA, `${name}.html`);
  const page = renderReport(analysis);
  makeFolder(dirname(file));
  writeFileSync(file, page);
  writeFileSync(join(NOTEBOOK_DATA, `${name}.json`), `${JSON.stringify(analysis)}\n`);
  return { path: `data/notebooks/${name}.html`, bytes: Buffer.byteLength(page) };
}
