// The data of the notebooks: three days of a web shop with labelled anomalies, the same bytes for the same parameters.
// It is written anew by each notebook (seconds), so that none depends on another or on what an older version left.
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseLabels } from '../evaluate/read-labels.js';
import { LABELS_FILE, LOGS_FILE, writeDataset } from '../generator/write-dataset.js';
import type { Labels } from '../labels.js';
import { makeFolder } from '../../shell/make-folder.js';

export interface ShopOptions {
  readonly seed: string;
  readonly records: number;
  /** Default three days. */
  readonly durationMs?: number;
  /** Share from the start that has no anomalies. Default 0.4. */
  readonly cleanShare?: number;
}

export interface ShopData {
  readonly logsPath: string;
  readonly labelsPath: string;
  readonly labels: Labels;
}

/** Where notebooks write what is not committed. */
export const NOTEBOOK_DATA = fileURLToPath(new URL('../../../data/notebooks/', import.meta.url));

const DAY_MS = 86_400_000;

/** @throws RangeError on options that cannot be met, Error when the folder cannot be written to */
export async function prepareShopData(options: ShopOptions): Promise<ShopData> {
  const { seed, records, durationMs = 3 * DAY_MS, cleanShare = 0.4 } = options;
  const folder = join(NOTEBOOK_DATA, `shop-${records}-${seed.replace(/\W+/g, '_')}`);
  makeFolder(folder);
  // whole files take the place of older ones at once: another notebook may be reading them
  const partFolder = mkdtempSync(join(folder, 'part-'));
  try {
    await writeDataset({ seed, records, durationMs, cleanShare }, partFolder);
    for (const file of [LOGS_FILE, LABELS_FILE]) renameSync(join(partFolder, file), join(folder, file));
  } finally {
    rmSync(partFolder, { recursive: true, force: true });
  }
  const labelsPath = join(folder, LABELS_FILE);
  return {
    logsPath: join(folder, LOGS_FILE),
    labelsPath,
    labels: parseLabels(readFileSync(labelsPath, 'utf8')),
  };
}
