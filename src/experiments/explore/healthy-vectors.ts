// The healthy windows after the fit, to scale: what the features look like where nothing is wrong and nothing was learned.
import type { Label } from '../labels.js';
import { healthyWindows } from './stretches.js';
import type { WindowTable } from './window-table.js';

/** What a label leaves in the rolling features is not called healthy. */
const GRACE_MS = 10 * 60_000;

/** Robust z-values, one row a window, in the order of `features` (indexes into the table's); by source, then time. */
export function healthyVectors(
  table: WindowTable,
  labels: readonly Label[],
  features: readonly number[],
): readonly Float64Array[] {
  return table.sources.flatMap((own) => {
    const healthy = healthyWindows({ ...own, windows: own.rows.length }, labels, GRACE_MS);
    return own.rows
      .filter(({ startMs }, index) => healthy[index] === 1 && startMs >= table.fitUntilMs)
      .map((row) => {
        const scaled = table.scaler.scale(own.source, row.features);
        return Float64Array.from(features, (feature) => scaled[feature]!);
      });
  });
}
