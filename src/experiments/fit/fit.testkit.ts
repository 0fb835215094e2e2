// A fit from files to files, as the command does it, on a small log.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { writeArtifact } from '../artifact-folder.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { finishFit, type FitOptions, prepareFit } from './fit.js';

export const FIT_OPTIONS: FitOptions = {
  name: 'test',
  detector: 'combined',
  miner: 'shape',
  seed: '1',
  budgetPerDay: 2,
  window: {
    ...DEFAULT_WINDOW_SPEC,
    windowMs: 10_000,
    hopMs: 10_000,
    correctionMs: 25_000,
    maxSilenceMs: 120_000,
    maxJumpMs: 3_600_000,
  },
  rollingMs: 60_000,
  holdMs: 30_000,
  seasonality: false,
  perFile: false,
  input: {},
};

/** @returns the artifact's folder */
export async function fitFiles(
  named: readonly string[],
  modelsFolder: string,
  change: Partial<FitOptions> = {},
): Promise<string> {
  const options = { ...FIT_OPTIONS, ...change };
  return writeArtifact(finishFit(await prepareFit(resolveInputs(named), options, {}), options), modelsFolder);
}

/** Every file of an artifact as text, by name. */
export function textsOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}
