// `--canary [interval]`, as `start`, `produce` and `consume` have it, and whether a model can do with it.
import { InvalidArgumentError, Option } from 'commander';
import type { Artifact } from '../../core/artifact.js';
import { DEFAULT_CANARY_EVERY_MS, LEAST_CANARY_EVERY_MS } from '../../core/canary/canary-plan.js';
import { CANARY_SOURCE, knowsCanary } from '../../core/canary/canary-source.js';
import { parseDuration } from '../../core/duration.js';

export interface CanaryFlags {
  /** One anomaly in so long, ms; undefined without a canary. */
  readonly canary?: number;
}

export function canaryOption(text: string): Option {
  return new Option('--canary [interval]', `${text}; an anomaly in every interval (default: 1h)`)
    .preset(`${DEFAULT_CANARY_EVERY_MS / 3_600_000}h`)
    .argParser((interval) => {
      let everyMs: number;
      try {
        everyMs = parseDuration(interval);
      } catch (error) {
        throw new InvalidArgumentError((error as Error).message);
      }
      if (everyMs < LEAST_CANARY_EVERY_MS)
        throw new InvalidArgumentError(
          `the alert of one anomaly must be over before the next: give ${LEAST_CANARY_EVERY_MS / 60_000}m or more`,
        );
      return everyMs;
    });
}

/** @throws Error saying what to do when the model does not know the canary, or is not done with one before the next */
export function checkCanary(artifact: Omit<Artifact, 'probe'>, everyMs: number): void {
  if (!knowsCanary(artifact))
    throw new Error(
      `the artifact ${artifact.name} ${artifact.version} does not know the canary (${CANARY_SOURCE}): fit it again with --canary, or leave out --canary here`,
    );
  const { groupBy, windowMs } = artifact.spec.window;
  if (groupBy === 'all')
    throw new Error(
      "this artifact's windows are over all sources (groupBy 'all'), where the canary's lines would be among the others: leave out --canary",
    );
  const leastMs = 2 * (artifact.detector.holdMs + 4 * windowMs + QUIET_MS);
  if (everyMs < leastMs)
    throw new Error(
      `this artifact holds a high score for ${artifact.detector.holdMs / 60_000} minutes, and the alert of one canary must be over before the next: give --canary ${Math.ceil(leastMs / 60_000)}m or more`,
    );
}

/** The longest anomaly. */
const QUIET_MS = 300_000;
