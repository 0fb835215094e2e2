// One colour and dash a contestant in every figure of a comparison; what has found nothing is grey and dotted.
import { COLOUR, seriesStyle } from '../notebook/figure-style.js';

export interface ContestantStyle {
  readonly colour: string;
  readonly dash: string;
  readonly symbol: string;
}

const BASELINES: readonly string[] = ['error-count', 'null', 'random', 'always-on'];

/** @param names of all contestants, in the order of the comparison */
export function contestantStyles(names: readonly string[]): ReadonlyMap<string, ContestantStyle> {
  let detectors = 0;
  return new Map(
    names.map((name) => [
      name,
      BASELINES.includes(name)
        ? { colour: COLOUR.muted, dash: name === 'error-count' ? 'dash' : 'dot', symbol: 'x' }
        : seriesStyle(detectors++),
    ]),
  );
}
