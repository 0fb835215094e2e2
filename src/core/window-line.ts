// A scored window as the object that commands print, one a line: the same keys in the same order, wherever it comes from, so
// that what a stream stored can be compared with an offline run by `diff`.
import type { WindowRow } from './score-window.js';

export interface WindowLineOptions {
  /** Every feature by its name. */
  readonly features?: boolean;
  /** Why a window alerts. */
  readonly explain?: boolean;
}

export type WindowLine = Pick<
  WindowRow,
  'source' | 'startMs' | 'endMs' | 'records' | 'score' | 'threshold' | 'alert'
> & {
  readonly features?: Readonly<Record<string, number>>;
  readonly explanation?: WindowRow['explanation'];
};

/** @param featureNames of the artifact, in the order of `row.features` */
export function windowLine(
  row: Omit<WindowRow, 'features'> & { readonly features: ArrayLike<number> },
  featureNames: readonly string[],
  options: WindowLineOptions = {},
): WindowLine {
  const { source, startMs, endMs, records, score, threshold, alert, explanation } = row;
  return {
    source,
    startMs,
    endMs,
    records,
    score,
    threshold,
    alert,
    ...(options.features
      ? { features: Object.fromEntries(featureNames.map((name, index) => [name, row.features[index]!])) }
      : {}),
    ...(options.explain && explanation ? { explanation } : {}),
  };
}
