// An hour and a half of the synthetic shop in a temporary folder, clean in its first half.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLabels } from '../evaluate/read-labels.js';
import { LABELS_FILE, LOGS_FILE, writeDataset } from '../generator/write-dataset.js';
import type { Labels } from '../labels.js';

export interface SmallShop {
  readonly logsPath: string;
  readonly labels: Labels;
  readonly fitUntilMs: number;
  readonly remove: () => void;
}

const HOUR_MS = 3_600_000;

export async function writeSmallShop(): Promise<SmallShop> {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-explore-'));
  await writeDataset({ seed: 'explore', records: 4500, durationMs: 1.5 * HOUR_MS, cleanShare: 0.5 }, folder);
  const labels = parseLabels(readFileSync(join(folder, LABELS_FILE), 'utf8'));
  return {
    logsPath: join(folder, LOGS_FILE),
    labels,
    fitUntilMs: labels.startMs + 0.75 * HOUR_MS,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
