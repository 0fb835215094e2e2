// The one configuration that `start` fits with: the defaults of `fit`.
import type { InputOptions } from '../../core/artifact.js';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import type { FitOptions } from '../fit/fit.js';

const FIVE_MINUTES_MS = 300_000;

export function startFitOptions(name: string, seed: string, input: InputOptions): FitOptions {
  return {
    name,
    detector: 'combined',
    miner: 'shape',
    seed,
    budgetPerDay: 0.2,
    window: DEFAULT_WINDOW_SPEC,
    rollingMs: FIVE_MINUTES_MS,
    holdMs: FIVE_MINUTES_MS,
    seasonality: false,
    perFile: false,
    input,
  };
}
