// What each candidate promises, as dots with intervals: what it catches on the left, what it costs on the right.
import { COLOUR } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';
import type { Candidate } from './candidates.js';
import type { Interval } from '../../core/count-intervals.js';

const DOT_HEIGHT_PX = 34;

/** @param chosen is drawn in another colour */
export function candidatesFigure(candidates: readonly Candidate[], chosen: Candidate): Figure {
  const worstFirst = [...candidates].sort((a, b) => a.caught - b.caught);
  const names = worstFirst.map(({ detector }) => detector);
  const colours = worstFirst.map((each) => (each === chosen ? COLOUR.anomaly : COLOUR.normal));
  const budget = chosen.artifact.threshold.budgetPerDay;
  return {
    data: [
      dots(
        names,
        worstFirst.map(({ caught, labels }) => (labels === 0 ? null : caught / labels)),
        worstFirst.map(({ recallInterval }) => recallInterval),
        colours,
        'x',
      ),
      dots(
        names,
        worstFirst.map(({ artifact }) => artifact.threshold.healthyAlertsPerDay),
        worstFirst.map(({ alertsInterval }) => alertsInterval),
        colours,
        'x2',
      ),
    ],
    layout: {
      title: {
        text: `At ${budget} false alerts a day and source: what each detector catches, and what it costs`,
      },
      height: 150 + DOT_HEIGHT_PX * names.length,
      showlegend: false,
      xaxis: {
        domain: [0, 0.48],
        range: [0, 1],
        tickformat: '.0%',
        title: { text: 'labelled anomalies caught' },
      },
      xaxis2: {
        domain: [0.54, 1],
        rangemode: 'tozero',
        title: { text: 'alerts a day and source on healthy windows (dashed: budget)' },
      },
      yaxis: { type: 'category' },
      shapes: [
        {
          type: 'line',
          xref: 'x2',
          yref: 'paper',
          x0: budget,
          x1: budget,
          y0: 0,
          y1: 1,
          line: { color: COLOUR.threshold, width: 1.5, dash: 'dash' },
          layer: 'below',
        },
      ],
    },
  };
}

function dots(
  names: readonly string[],
  values: readonly (number | null)[],
  intervals: readonly Interval[],
  colours: readonly string[],
  xaxis: 'x' | 'x2',
): object {
  return {
    type: 'scatter',
    mode: 'markers',
    x: values,
    y: names,
    xaxis,
    cliponaxis: false,
    marker: { color: colours, size: 10 },
    error_x: {
      type: 'data',
      symmetric: false,
      array: values.map((value, index) => intervals[index]![1] - (value ?? 0)),
      arrayminus: values.map((value, index) => (value ?? 0) - intervals[index]![0]),
      color: COLOUR.muted,
      thickness: 1.5,
    },
  };
}
