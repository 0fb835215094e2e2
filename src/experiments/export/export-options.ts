// What a notebook fits with: the defaults of `loghorn fit` and the few things that are chosen in its first cell.
import { parseDuration, parsePerDay } from '../../core/duration.js';
import type { InputOptions } from '../../core/artifact.js';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import type { FitOptions } from '../fit/fit.js';
import { startFitOptions } from '../start/start-fit-options.js';

export interface ExportChoices {
  readonly name: string;
  readonly seed: string;
  /** `0.5/day`, `2/week`: false alerts allowed for each source. */
  readonly alertBudget: string;
  /** Default 30 s. */
  readonly window?: string;
  readonly input?: InputOptions;
  readonly labelsPath?: string;
  /** Records from this moment on are no part of the fit. */
  readonly untilMs: number;
}

/** @throws RangeError on a budget or window that cannot be read, saying what one looks like */
export function exportOptions(choices: ExportChoices): FitOptions {
  const { name, seed, alertBudget, window = '30s', input = {}, labelsPath, untilMs } = choices;
  const windowMs = parseDuration(window);
  return {
    ...startFitOptions(name, seed, input),
    budgetPerDay: parsePerDay(alertBudget),
    window: {
      ...DEFAULT_WINDOW_SPEC,
      windowMs,
      hopMs: windowMs,
      // a source may sleep no sooner than one window is long
      maxSilenceMs: Math.max(DEFAULT_WINDOW_SPEC.maxSilenceMs, windowMs),
      maxJumpMs: Math.max(DEFAULT_WINDOW_SPEC.maxJumpMs, windowMs),
    },
    labelsPath,
    untilMs,
  };
}
