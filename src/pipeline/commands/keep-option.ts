// `--keep`: how long results are kept, as `consume` and `start` have it.
import { InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../core/duration.js';

export interface KeepFlags {
  /** Ms, or everything. */
  readonly keep: number | 'all';
}

export const DAY_MS = 86_400_000;
/** Corrections, promotions and the canary look back on less. */
const LEAST_KEEP_MS = DAY_MS;

export function keepOption(byDefault: KeepFlags['keep'], shownDefault: string): Option {
  return new Option(
    '--keep <span>',
    'how long windows are kept, for example 30d, or all: what is older is deleted with its deliveries, dead letters and those lines of alerts that nobody judged or commented on; alerts and verdicts stay, sums by the hour four times as long; a SQLite file stays as large as it was and fills the room again',
  )
    .default(byDefault, shownDefault)
    .argParser(keepOf);
}

function keepOf(text: string): KeepFlags['keep'] {
  if (text.trim() === 'all') return 'all';
  let keepMs: number;
  try {
    keepMs = parseDuration(text);
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}, or all`);
  }
  if (keepMs < LEAST_KEEP_MS)
    throw new InvalidArgumentError(
      `'${text}' is less than what corrections and promotions look back on: give 1d or more, or all`,
    );
  return keepMs;
}
