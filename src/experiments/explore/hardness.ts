// How hard each injected anomaly is without any model: how seldom its service shows as much in as long a time while it
// is healthy, for each of the four plain numbers that a person would watch.
import type { Label } from '../labels.js';
import { COLOUR, seriesStyle } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';
import { EYES, type WatchedSource } from './eyes.js';
import { createSums, healthyStarts, healthyWindows, stretchOf } from './stretches.js';

export interface Hardness {
  readonly label: Label;
  /** By EYES: share of healthy stretches of equal length that are at least as strange, in (0, 1]. */
  readonly shares: readonly number[];
}

/** Stranger than 99 of 100 healthy stretches: what one would call visible. */
export const VISIBLE_SHARE = 0.01;
/** What a label leaves behind is not called healthy for so long. */
const GRACE_MS = 5 * 60_000;

/**
 * @param fromMs healthy stretches from here on count; before it, nearly every line is new to the log
 * @returns one a label, in their order, judged by its root service; without labels outside of the data
 */
export function measureHardness(
  watched: readonly WatchedSource[],
  labels: readonly Label[],
  fromMs: number,
): readonly Hardness[] {
  return watched
    .flatMap((own) => hardnessIn(own, labels, fromMs))
    .sort((a, b) => labels.indexOf(a.label) - labels.indexOf(b.label));
}

function hardnessIn(own: WatchedSource, labels: readonly Label[], fromMs: number): readonly Hardness[] {
  const { source, startMs, windowMs, values } = own;
  const grid = { source, startMs, windowMs, windows: values[0]!.length };
  const healthy = healthyWindows(grid, labels, GRACE_MS);
  healthy.fill(0, 0, stretchOf(grid, { startMs: fromMs, endMs: fromMs }).from);
  const sums = values.map(createSums);
  return labels
    .filter(({ rootService }) => rootService === source)
    .flatMap((label) => {
      const { from, to } = stretchOf(grid, label);
      const starts = healthyStarts(healthy, to - from);
      if (starts.length === 0) return [];
      return [
        {
          label,
          shares: EYES.map(({ side }, eye) => {
            const sumOf = sums[eye]!;
            const healthySums = starts.map((start) => sumOf(start, start + to - from));
            return shareAsStrange(sumOf(from, to), healthySums, side);
          }),
        },
      ];
    });
}

/** The stretch itself counts as one, so that no share is 0; two sides share the chance between them. */
function shareAsStrange(value: number, healthy: readonly number[], side: 'both' | 'high'): number {
  const share = (count: number): number => (count + 1) / (healthy.length + 1);
  const high = share(healthy.filter((each) => each >= value).length);
  if (side === 'high') return high;
  return Math.min(1, 2 * Math.min(high, share(healthy.filter((each) => each <= value).length)));
}

/** How many anomalies of each kind are visible to each eye; `visible to none` is what features and models are for. */
export function hardnessTable(
  hardness: readonly Hardness[],
): readonly Readonly<Record<string, string | number>>[] {
  const kinds = [...new Set(hardness.map(({ label }) => label.kind))].sort();
  const rowOf = (kind: string, own: readonly Hardness[]): Record<string, string | number> => ({
    kind,
    anomalies: own.length,
    ...Object.fromEntries(
      EYES.map(({ name }, eye) => [name, own.filter(({ shares }) => shares[eye]! <= VISIBLE_SHARE).length]),
    ),
    'visible to none': own.filter(({ shares }) => Math.min(...shares) > VISIBLE_SHARE).length,
  });
  return [
    ...kinds.map((kind) =>
      rowOf(
        kind,
        hardness.filter(({ label }) => label.kind === kind),
      ),
    ),
    rowOf('all', hardness),
  ];
}

/** Strength against how seldom health looks like it to the eye that sees it best; above the line it is visible. */
export function hardnessFigure(hardness: readonly Hardness[]): Figure {
  const kinds = [...new Set(hardness.map(({ label }) => label.kind))].sort();
  return {
    data: kinds.map((kind, index) => {
      const own = hardness.filter(({ label }) => label.kind === kind);
      const least = own.map(({ shares }) => Math.min(...shares));
      const { colour, symbol } = seriesStyle(index);
      return {
        type: 'scatter',
        mode: 'markers',
        name: kind,
        marker: { color: colour, symbol, size: 10 },
        x: own.map(({ label }) => label.strength),
        y: least.map((share) => 1 / share),
        text: own.map(
          ({ label, shares }, i) =>
            `${label.rootService}, seen best by ${EYES[shares.indexOf(least[i]!)]!.name}`,
        ),
      };
    }),
    layout: {
      title: { text: 'How seldom a healthy stretch of the same length looks as strange' },
      xaxis: { title: { text: 'strength injected' }, range: [0, 1.03] },
      yaxis: { title: { text: 'once in … stretches' }, type: 'log', dtick: 1 },
      shapes: [
        {
          type: 'line',
          xref: 'paper',
          x0: 0,
          x1: 1,
          y0: 1 / VISIBLE_SHARE,
          y1: 1 / VISIBLE_SHARE,
          line: { color: COLOUR.threshold, width: 1.5, dash: 'dash' },
        },
      ],
    },
  };
}
