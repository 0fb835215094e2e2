// What each contestant catches of each kind of anomaly, as a heatmap with the counts written in it.
import type { Measures } from '../evaluate/measure.js';
import type { Figure } from '../notebook/figure.js';
import { SEQUENTIAL } from '../notebook/figure-style.js';

/** One row: a contestant, or a baseline that has measures only. */
export interface KindRow {
  readonly name: string;
  readonly byKind: Readonly<Record<string, Measures>>;
}

/** Kinds from the one that most rows catch to the one that fewest do; kinds without a judged label are left out. */
export function kindFigure(rows: readonly KindRow[]): Figure {
  const recallOf = ({ byKind }: KindRow, kind: string): number => byKind[kind]?.events.recall ?? 0;
  const all = [...new Set(rows.flatMap(({ byKind }) => Object.keys(byKind)))];
  const meanRecall = (kind: string): number => rows.reduce((sum, row) => sum + recallOf(row, kind), 0);
  const kinds = all
    .filter((kind) => rows.some(({ byKind }) => (byKind[kind]?.events.labels ?? 0) > 0))
    .sort((a, b) => meanRecall(b) - meanRecall(a) || (a < b ? -1 : 1));
  return {
    data: [
      {
        type: 'heatmap',
        x: kinds,
        y: rows.map(({ name }) => name),
        z: rows.map((row) => kinds.map((kind) => recallOf(row, kind))),
        text: rows.map(({ byKind }) =>
          kinds.map((kind) => `${byKind[kind]?.events.caught ?? 0}/${byKind[kind]?.events.labels ?? 0}`),
        ),
        texttemplate: '%{text}',
        hovertemplate: '%{y}: %{text} of %{x}<extra></extra>',
        colorscale: SEQUENTIAL,
        zmin: 0,
        zmax: 1,
        xgap: 2,
        ygap: 2,
        colorbar: { title: { text: 'recall' } },
      },
    ],
    layout: {
      title: { text: 'Anomalies caught, by kind' },
      height: 120 + 40 * rows.length,
      xaxis: { tickangle: -30, showgrid: false },
      yaxis: { autorange: 'reversed', showgrid: false },
    },
  };
}
