// Separation as a picture (kind × feature) and as a table (the best feature of each kind).
import { DIVERGING } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';
import type { KindSeparation } from './separation.js';

/** Only what separates has a colour and a number; features that separate nothing are left out. */
export function separationFigure(separations: readonly KindSeparation[], names: readonly string[]): Figure {
  const useful = names.flatMap((_, index) =>
    separations.some(({ separates }) => separates[index]) ? [index] : [],
  );
  const cells = useful.map((index) =>
    separations.map(({ aucs, separates }) =>
      separates[index] ? Math.round(100 * aucs[index]!) / 100 : null,
    ),
  );
  return {
    data: [
      {
        type: 'heatmap',
        x: separations.map(({ kind }) => kind),
        y: useful.map((index) => names[index]),
        z: cells,
        text: cells.map((row) => row.map((value) => (value === null ? '' : value.toFixed(2)))),
        texttemplate: '%{text}',
        textfont: { size: 10 },
        zmin: 0,
        zmax: 1,
        colorscale: DIVERGING,
        colorbar: { title: { text: 'AUC' }, thickness: 12 },
        xgap: 1,
        ygap: 1,
        hoverongaps: false,
      },
    ],
    layout: {
      title: { text: 'Which feature separates which kind; blank: does not' },
      height: 120 + 22 * useful.length,
      plot_bgcolor: '#f1f3f5',
      xaxis: { side: 'bottom', tickangle: -35, showgrid: false },
      yaxis: { autorange: 'reversed', showgrid: false, tickfont: { size: 10 } },
    },
  };
}

export function separationTable(
  separations: readonly KindSeparation[],
  names: readonly string[],
): readonly Readonly<Record<string, string | number>>[] {
  return separations.map(({ kind, anomalies, aucs, separates }) => {
    const ranked = [...names.keys()]
      .filter((index) => separates[index])
      .sort((a, b) => Math.abs(aucs[b]! - 0.5) - Math.abs(aucs[a]! - 0.5));
    const best = ranked[0];
    return {
      kind,
      anomalies,
      'features that separate': ranked.length,
      'the best': best === undefined ? 'none' : names[best]!,
      AUC: best === undefined ? '' : aucs[best]!.toFixed(2),
    };
  });
}
