// A comparison as the rows of a table in a notebook.
import { compareRows, formatDelay } from '../evaluate/compare-table.js';
import type { Measures } from '../evaluate/measure.js';
import type { Row } from '../notebook/row.js';

/** In the order given; null for what is undefined. An evaluation is measures, and so is each of its baselines. */
export function comparisonTable(
  named: readonly (readonly [name: string, measures: Measures])[],
): readonly Row[] {
  return compareRows(named).map((row, index) => ({
    detector: row.detector,
    'PR-AUC (windows)': row.prAuc,
    'ROC-AUC (windows)': row.rocAuc,
    caught: `${Math.round(named[index]![1].events.caught)} of ${named[index]![1].events.labels}`,
    precision: row.precision,
    'false alerts a day': row.falseAlertsADay,
    'median delay': row.medianDelayMs === null ? null : formatDelay(row.medianDelayMs),
  }));
}
