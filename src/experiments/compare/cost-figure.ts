// What each contestant costs to fit and to run.
import type { Figure } from '../notebook/figure.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Compared } from './compare-detectors.js';

/** Seconds of fitting, and microseconds a window of scoring, its template matching and features among it. */
export function costFigure(compared: readonly Compared[]): Figure {
  const names = compared.map(({ name }) => name);
  const bars = { type: 'bar', orientation: 'h', y: names, showlegend: false };
  const fitSeconds = compared.map(({ fitMs }) => fitMs / 1000);
  const microsecondsAWindow = compared.map(({ scoreMs, scoredWindows }) => (1000 * scoreMs) / scoredWindows);
  return {
    data: [
      { ...bars, x: fitSeconds, marker: { color: COLOUR.normal } },
      { ...bars, x: microsecondsAWindow, marker: { color: COLOUR.label }, xaxis: 'x2', yaxis: 'y2' },
    ],
    layout: {
      title: { text: 'Time to fit (left) and to score (right)' },
      grid: { rows: 1, columns: 2, pattern: 'independent', xgap: 0.08 },
      height: 110 + 30 * compared.length,
      xaxis: { title: { text: 'fit, s' } },
      yaxis: { autorange: 'reversed', showgrid: false },
      xaxis2: { title: { text: 'score, µs a window' } },
      yaxis2: { autorange: 'reversed', showgrid: false, showticklabels: false },
    },
  };
}
