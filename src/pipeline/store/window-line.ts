// A stored window as the line that `loghorn score` prints for it: same keys, same order, same bits, so that what a stream
// stored can be compared with an offline run by `diff`.
import type { StoredWindow } from '../ports.js';

export interface WindowLineOptions {
  /** Every feature by its name. */
  readonly features?: boolean;
  /** Why a window alerts. */
  readonly explain?: boolean;
  /** When each stage of its way was; of rows that have them. */
  readonly stamps?: boolean;
}

/** @param featureNames of the artifact, in order @returns JSON without a line end */
export function windowLine(
  row: StoredWindow,
  featureNames: readonly string[],
  options: WindowLineOptions = {},
): string {
  const { source, startMs, endMs, records, score, threshold, alert, explanation } = row;
  return JSON.stringify({
    source,
    startMs,
    endMs,
    records,
    score,
    threshold,
    alert,
    ...(options.features
      ? { features: Object.fromEntries(featureNames.map((name, index) => [name, row.features[index]])) }
      : {}),
    ...(options.explain && explanation ? { explanation } : {}),
    ...(options.stamps && row.stamps ? { stamps: stampsOf(row) } : {}),
  });
}

/** In the order of the way. */
function stampsOf({ stamps, eligibleTimeMs, scoredTimeMs, commitTimeMs }: StoredWindow): object {
  return { ...stamps, eligibleTimeMs, scoredTimeMs, commitTimeMs };
}
