// Which features tell which kind of anomaly from health. Windows are compared with healthy ones of their own service
// alone, and a difference counts only where healthy stretches of the same lengths, drawn by chance, hardly ever show it.
import { createRandom } from '../../core/random.js';
import type { Label } from '../labels.js';
import { placeAmong } from './mid-ranks.js';
import { createSums, healthyStarts, healthyWindows, type Stretch, stretchOf } from './stretches.js';
import type { SourceWindows, WindowTable } from './window-table.js';

export interface KindSeparation {
  readonly kind: string;
  readonly anomalies: number;
  /**
   * By feature asked for: chance that a window of such an anomaly lies above a healthy one of its service (area under
   * the ROC curve): 1 = always above, 0 = always below, 0.5 = no difference. Every anomaly counts the same.
   */
  readonly aucs: readonly number[];
  /** By feature: whether so great a difference is seen in less than 1 of 200 draws of healthy stretches. */
  readonly separates: readonly boolean[];
}

export interface SeparationOptions {
  /** Indexes into the table's features. */
  readonly features: readonly number[];
  readonly seed: string;
  /** Draws of healthy stretches. Default 1000. */
  readonly draws?: number;
}

const CHANCE = 1 / 200;
/** What a label leaves in the rolling features is not called healthy. */
const GRACE_MS = 10 * 60_000;

/** @returns kinds by name; only windows after the fit, so that no healthy window was learned from */
export function measureSeparation(
  table: WindowTable,
  labels: readonly Label[],
  { features, seed, draws = 1000 }: SeparationOptions,
): readonly KindSeparation[] {
  const scenes = new Map<string, PlacedStretch[]>();
  for (const own of table.sources) {
    const placed = placeStretches(table, own, labels, features);
    for (const { kind, ...stretch } of placed) scenes.set(kind, [...(scenes.get(kind) ?? []), stretch]);
  }
  const random = createRandom(seed);
  return [...scenes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, stretches]) => {
      const meansOf = (starts: readonly number[]): readonly number[] =>
        features.map((_, i) => mean(stretches.map((each, k) => each.meanPlace(i, starts[k]!))));
      const aucs = meansOf(stretches.map(({ from }) => from));
      const asGreat = features.map(() => 0);
      for (let draw = 0; draw < draws; draw++) {
        const drawn = meansOf(stretches.map(({ starts }) => starts[random.below(starts.length)]!));
        drawn.forEach((auc, i) => {
          if (Math.abs(auc - 0.5) >= Math.abs(aucs[i]! - 0.5)) asGreat[i]!++;
        });
      }
      return {
        kind,
        anomalies: stretches.length,
        aucs,
        separates: asGreat.map((count) => (count + 1) / (draws + 1) < CHANCE),
      };
    });
}

interface PlacedStretch {
  /** First window of the anomaly. */
  readonly from: number;
  /** First windows of the healthy stretches of its length. */
  readonly starts: readonly number[];
  /** Mean place among the healthy windows, of the stretch of its length that begins there. */
  readonly meanPlace: (feature: number, start: number) => number;
}

function placeStretches(
  { fitUntilMs }: WindowTable,
  own: SourceWindows,
  labels: readonly Label[],
  features: readonly number[],
): readonly (PlacedStretch & { readonly kind: string })[] {
  const grid = { ...own, windows: own.rows.length };
  const rooted = labels.filter(({ rootService }) => rootService === own.source);
  const healthy = healthyWindows(grid, labels, GRACE_MS);
  healthy.fill(0, 0, stretchOf(grid, { startMs: fitUntilMs, endMs: fitUntilMs }).from);
  if (rooted.length === 0 || !healthy.includes(1)) return [];
  const sums = features.map((feature) => {
    const values = Float64Array.from(own.rows, (row) => row.features[feature]!);
    const sorted = values.filter((_, index) => healthy[index] === 1).sort();
    return createSums(values.map((value) => placeAmong(sorted, value)));
  });
  return rooted.flatMap(({ kind, startMs, endMs }) => {
    const { from, to }: Stretch = stretchOf(grid, { startMs, endMs });
    const length = to - from;
    const starts = healthyStarts(healthy, length);
    if (starts.length === 0) return [];
    const meanPlace = (i: number, start: number): number => sums[i]!(start, start + length) / length;
    return [{ kind, from, starts, meanPlace }];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
