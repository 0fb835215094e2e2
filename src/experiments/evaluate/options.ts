// The choices an evaluation makes, in one place with their defaults, so that two evaluations can be compared.
// They are written into the result.

export interface EvaluateOptions {
  /** After a label's end an alert may still belong to it: a hold keeps scores up. Default 5 minutes. */
  readonly graceMs?: number;
  /** Alerting windows of one source no further apart than this are one alert. Default 5 minutes. */
  readonly gapMs?: number;
  /**
   * An alert that stays up is raised anew after this long. Default 1 hour. Without it a detector that always
   * alerts has a single alert, which overlaps some label, and so an event precision of 1.
   */
  readonly realertMs?: number;
  /** The random baseline's score is the highest of its draws in this time. Default 5 minutes; 0 for none. */
  readonly holdMs?: number;
  /** Seed of the random baseline and of the bootstrap. Default `evaluate`. */
  readonly seed?: string;
  /** Draws of the random baseline, whose measures are averaged. Default 5. */
  readonly randomDraws?: number;
  /** Resamples of the bootstrap; 0 for no intervals. Default 200. */
  readonly resamples?: number;
  /** Length of a bootstrap block; longer than a hold and most labels. Default 1 hour. */
  readonly blockMs?: number;
}

const DEFAULTS: Required<EvaluateOptions> = {
  graceMs: 300_000,
  gapMs: 300_000,
  realertMs: 3_600_000,
  holdMs: 300_000,
  seed: 'evaluate',
  randomDraws: 5,
  resamples: 200,
  blockMs: 3_600_000,
};

/** @throws RangeError on a negative or non-finite number, or a length that must not be 0 */
export function resolveOptions(options: EvaluateOptions = {}): Required<EvaluateOptions> {
  const resolved = { ...DEFAULTS, ...options };
  for (const name of ['graceMs', 'gapMs', 'holdMs', 'resamples'] as const) {
    if (!(Number.isFinite(resolved[name]) && resolved[name] >= 0)) {
      throw new RangeError(`${name} must be a finite number of at least 0, got ${resolved[name]}`);
    }
  }
  for (const name of ['realertMs', 'blockMs', 'randomDraws'] as const) {
    if (!(Number.isFinite(resolved[name]) && resolved[name] > 0)) {
      throw new RangeError(`${name} must be a finite number above 0, got ${resolved[name]}`);
    }
  }
  return resolved;
}
