// What every other threshold would have done behind the fit, with the chosen one and its interval marked.
import type { Threshold } from '../../core/threshold.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';
import type { HeldOut } from './held-out.js';

const STEPS = 80;
/** Beyond this many times the budget nobody looks. */
const MOST_BUDGETS = 12;

/** @param at what a threshold would have done */
export function thresholdFigure(threshold: Threshold, at: (threshold: number) => HeldOut): Figure {
  const { value, interval, budgetPerDay } = threshold;
  const [from, to] = [Math.max(0.01, value - 0.25), Math.min(1, value + 0.25)];
  const thresholds = Array.from({ length: STEPS + 1 }, (_, step) => from + ((to - from) * step) / STEPS);
  const outcomes = thresholds.map(at);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'anomalies caught',
        x: thresholds,
        y: outcomes.map(({ caught, labels }) => (labels === 0 ? null : caught / labels)),
        line: { color: COLOUR.normal, shape: 'hv' },
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: 'false alerts a day and source (right)',
        x: thresholds,
        y: outcomes.map(({ falseAlertsPerDay }) => falseAlertsPerDay),
        yaxis: 'y2',
        line: { color: COLOUR.anomaly, dash: 'dot', shape: 'hv' },
      },
    ],
    layout: {
      title: { text: 'Other thresholds, on the part of the log that the fit has not seen' },
      xaxis: { title: { text: 'threshold (a window alerts from this score on)' }, range: [from, to] },
      yaxis: { range: [0, 1.02], tickformat: '.0%' },
      yaxis2: {
        overlaying: 'y',
        side: 'right',
        range: [0, MOST_BUDGETS * budgetPerDay],
        showgrid: false,
        automargin: true,
      },
      shapes: [
        {
          type: 'rect',
          yref: 'paper',
          x0: interval[0],
          x1: interval[1],
          y0: 0,
          y1: 1,
          fillcolor: COLOUR.muted,
          opacity: 0.25,
          line: { width: 0 },
          layer: 'below',
        },
        {
          type: 'line',
          yref: 'paper',
          x0: value,
          x1: value,
          y0: 0,
          y1: 1,
          line: { color: COLOUR.threshold, width: 1.5, dash: 'dash' },
          label: {
            text: 'chosen',
            textposition: 'end',
            textangle: 0,
            xanchor: 'left',
            yanchor: 'top',
            font: { size: 12, color: COLOUR.threshold },
          },
        },
      ],
    },
  };
}
