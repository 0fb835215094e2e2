// What was injected when: a row for each kind, a bar for each anomaly, darker the stronger; harmless but unusual
// stretches in rows of their own below.
import type { Labels } from '../labels.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';

/** Bars are never narrower than this on the plot, so that 40 seconds in three days are seen. */
const LEAST_SHOWN_MS = 12 * 60_000;
/** Light for weak, dark for strong. */
const STRENGTHS = [
  [0, '#fde3cf'],
  [1, COLOUR.anomaly],
] as const;

export function anomalyTimelineFigure({ labels, benign, startMs, endMs }: Labels): Figure {
  const kinds = [...new Set(labels.map(({ kind }) => kind))].sort().reverse();
  const harmless = [...new Set(benign.map(({ kind }) => kind))].sort().reverse();
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        name: 'harmless',
        y: benign.map(({ kind }) => kind),
        base: benign.map((stretch) => stretch.startMs),
        x: benign.map(shownMs),
        marker: { color: COLOUR.benign },
        hovertext: benign.map(({ kind, services }) => `${kind}: ${services.join(', ')}`),
      },
      {
        type: 'bar',
        orientation: 'h',
        name: 'anomaly',
        y: labels.map(({ kind }) => kind),
        base: labels.map((label) => label.startMs),
        x: labels.map(shownMs),
        marker: {
          color: labels.map(({ strength }) => strength),
          colorscale: STRENGTHS,
          cmin: 0,
          cmax: 1,
          line: { color: COLOUR.anomaly, width: 1 },
          colorbar: { title: { text: 'strength' }, thickness: 12 },
        },
        hovertext: labels.map(
          ({ kind, rootService, strength }) => `${kind} in ${rootService}, strength ${strength}`,
        ),
      },
    ],
    layout: {
      title: { text: 'What was injected, and what is harmless' },
      height: 460,
      barmode: 'overlay',
      showlegend: false,
      xaxis: { type: 'date', range: [startMs, endMs], tickformat: '%a %H:%M' },
      yaxis: { categoryorder: 'array', categoryarray: [...harmless, ...kinds] },
    },
  };
}

function shownMs({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): number {
  return Math.max(LEAST_SHOWN_MS, endMs - startMs);
}
