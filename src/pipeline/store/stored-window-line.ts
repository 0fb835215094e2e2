// A stored window as `loghorn windows` prints it: the line of an offline run, and on demand when each stage of its way was.
import { windowLine, type WindowLineOptions } from '../../core/window-line.js';
import type { StoredWindow } from '../ports.js';

export interface StoredLineOptions extends WindowLineOptions {
  /** When each stage of its way was; of rows that have them. */
  readonly stamps?: boolean;
  /** `name@version` of the artifact that scored it, where there are several. */
  readonly model?: string | undefined;
}

/** @param featureNames of the artifact, in order @returns JSON without a line end */
export function storedWindowLine(
  row: StoredWindow,
  featureNames: readonly string[],
  options: StoredLineOptions = {},
): string {
  const line = windowLine(row, featureNames, options);
  return JSON.stringify({
    ...line,
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(options.stamps && row.stamps ? { stamps: stampsOf(row) } : {}),
  });
}

/** In the order of the way. */
function stampsOf({ stamps, eligibleTimeMs, scoredTimeMs, commitTimeMs }: StoredWindow): object {
  return { ...stamps, eligibleTimeMs, scoredTimeMs, commitTimeMs };
}
