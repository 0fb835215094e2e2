// How event time is cut: part of the feature spec, so that the stream cuts it as the notebook did.

export interface WindowSpec {
  /** Length of a window, ms; a whole multiple of `hopMs`. */
  readonly windowMs: number;
  /** Distance between window starts, ms; equal to `windowMs` for tumbling windows. */
  readonly hopMs: number;
  /** What is scored: each service by itself, or all together under the source `*`. */
  readonly groupBy: 'service' | 'all';
  /** How far behind the greatest event time of its source a record may come before its window closes, ms. */
  readonly allowedLatenessMs: number;
  /** How long after its close (in the source's own time) a window is still corrected by a late record, ms. */
  readonly correctionMs: number;
  /** A source that wrote nothing for this long sleeps: no more zero windows until it writes again, ms. */
  readonly maxSilenceMs: number;
  /** A record further than this from its source's time is believed only with two more that confirm it, ms. */
  readonly maxJumpMs: number;
  /** Sources beyond this many share one, OTHER_SOURCE where there is but one stream of them. */
  readonly maxSources: number;
}

export const ALL_SOURCES = '*';
export const OTHER_SOURCE = '(other)';

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

export const DEFAULT_WINDOW_SPEC: WindowSpec = {
  windowMs: 30 * SECOND_MS,
  hopMs: 30 * SECOND_MS,
  groupBy: 'service',
  allowedLatenessMs: 5 * SECOND_MS,
  correctionMs: 300 * SECOND_MS,
  maxSilenceMs: DAY_MS,
  maxJumpMs: 7 * DAY_MS,
  maxSources: 10_000,
};

/** @throws RangeError naming the field that cannot be */
export function checkWindowSpec(spec: WindowSpec): WindowSpec {
  const fail = (what: string): never => {
    throw new RangeError(`window spec: ${what}`);
  };
  for (const field of ['windowMs', 'hopMs', 'maxSilenceMs', 'maxJumpMs', 'maxSources'] as const) {
    if (!Number.isSafeInteger(spec[field]) || spec[field] <= 0)
      fail(`${field} must be a whole number above 0, got ${spec[field]}`);
  }
  for (const field of ['allowedLatenessMs', 'correctionMs'] as const) {
    if (!Number.isSafeInteger(spec[field]) || spec[field] < 0)
      fail(`${field} must be a whole number of at least 0, got ${spec[field]}`);
  }
  if (spec.windowMs % spec.hopMs !== 0)
    fail(`windowMs (${spec.windowMs}) must be a whole multiple of hopMs (${spec.hopMs})`);
  if (spec.maxSilenceMs < spec.windowMs)
    fail(`maxSilenceMs (${spec.maxSilenceMs}) must be at least windowMs (${spec.windowMs})`);
  if (spec.maxJumpMs < spec.maxSilenceMs + 2 * spec.windowMs)
    fail(
      `maxJumpMs (${spec.maxJumpMs}) must be two windows above maxSilenceMs (${spec.maxSilenceMs}): a source that was silent has not set its clock`,
    );
  if (spec.groupBy !== 'service' && spec.groupBy !== 'all')
    fail(`groupBy must be 'service' or 'all', got '${String(spec.groupBy)}'`);
  return spec;
}
