// The score around the first few errors of each sort: missed anomalies in the upper row, false alerts in the lower.
import type { Figure } from '../notebook/figure.js';
import { bandShape, COLOUR } from '../notebook/figure-style.js';
import type { ErrorAnalysis } from './error-analysis.js';
import type { ScorePoint } from './score-history.js';
import { showSource } from './show-figures.js';

interface ErrorHistory {
  readonly name: string;
  readonly history: readonly ScorePoint[];
  readonly threshold: number;
  readonly span: { readonly startMs: number; readonly endMs: number };
  readonly colour: string;
}

/** @param columns errors of each sort, at least 1; fewer are drawn when there are fewer */
export function historyFigure({ missed, falseAlerts }: ErrorAnalysis, columns: number): Figure {
  const rows: readonly (readonly ErrorHistory[])[] = [
    missed.flatMap(({ label, peak, threshold, history }) =>
      peak === null || threshold === null
        ? []
        : [
            {
              name: `missed: ${label.kind}, ${showSource(peak.source)}`,
              history,
              threshold,
              span: label,
              colour: COLOUR.label,
            },
          ],
    ),
    falseAlerts.map(({ source, startMs, endMs, threshold, history }) => ({
      name: `false alert: ${showSource(source)}`,
      history,
      threshold,
      span: { startMs, endMs },
      colour: COLOUR.anomaly,
    })),
  ].map((row) => row.slice(0, columns));
  const panels = rows.flatMap((row, y) => row.map((each, x) => ({ ...each, number: y * columns + x + 1 })));
  return {
    data: panels.map(({ history, number, name }) => ({
      type: 'scatter',
      mode: 'lines',
      name,
      showlegend: false,
      x: history.map(({ startMs }) => startMs),
      y: history.map(({ score }) => score),
      line: { color: COLOUR.normal, shape: 'hv' },
      ...axesOf(number),
    })),
    layout: {
      title: { text: 'The score around the first errors (UTC): label or alert as a band, threshold dashed' },
      height: 460,
      grid: { rows: rows.length, columns, pattern: 'independent', xgap: 0.12, ygap: 0.34 },
      shapes: panels.flatMap(shapesOf),
      annotations: panels.map(({ name, number }) => ({
        text: name,
        xref: `x${suffix(number)} domain`,
        yref: `y${suffix(number)} domain`,
        x: 0,
        y: 1.02,
        xanchor: 'left',
        yanchor: 'bottom',
        showarrow: false,
        font: { size: 12 },
      })),
      ...Object.fromEntries(
        panels.flatMap(({ number }) => [
          [`xaxis${suffix(number)}`, { type: 'date', nticks: 4, tickformat: '%H:%M', tickangle: 0 }],
          [`yaxis${suffix(number)}`, { range: [0, 1.03], nticks: 3 }],
        ]),
      ),
    },
  };
}

function shapesOf({
  number,
  span,
  threshold,
  colour,
}: ErrorHistory & { readonly number: number }): readonly object[] {
  const [xref, yref] = [`x${suffix(number)}`, `y${suffix(number)}`];
  return [
    bandShape(span, colour, `${yref} domain`, xref),
    {
      type: 'line',
      xref: `${xref} domain`,
      yref,
      x0: 0,
      x1: 1,
      y0: threshold,
      y1: threshold,
      line: { color: COLOUR.threshold, width: 1, dash: 'dash' },
    },
  ];
}

function axesOf(number: number): object {
  return number === 1 ? {} : { xaxis: `x${number}`, yaxis: `y${number}` };
}

/** Plotly calls the first axis `x` and the second `x2`. */
function suffix(number: number): string {
  return number === 1 ? '' : String(number);
}
