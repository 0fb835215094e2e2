// What recall costs: false alerts a day against anomalies caught at every threshold, the chosen one marked.
import { type SweepRow, sweepThresholds } from '../evaluate/sweep.js';
import type { Labels } from '../labels.js';
import type { Figure } from '../notebook/figure.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Compared } from './compare-detectors.js';
import { contestantStyles } from './contestant-style.js';

export interface TradeOff {
  readonly name: string;
  /** By rising threshold; rows without a healthy day or a label are left out. */
  readonly points: readonly TradeOffPoint[];
}

export interface TradeOffPoint {
  readonly threshold: number;
  /** All sources together, a day of healthy time. */
  readonly falseAlertsADay: number;
  readonly recall: number;
  readonly isChosen: boolean;
}

const STEPS = 40;

export function tradeOffs(compared: readonly Compared[], labels: Labels): readonly TradeOff[] {
  return compared.map(({ name, windows, evaluation }) => ({
    name,
    points: sweepThresholds(windows, labels, evaluation.options, STEPS).flatMap(pointOf),
  }));
}

function pointOf({ threshold, falseAlertsADay, eventRecall, isChosen }: SweepRow): readonly TradeOffPoint[] {
  if (falseAlertsADay === null || eventRecall === null) return [];
  return [{ threshold, falseAlertsADay, recall: eventRecall, isChosen }];
}

/**
 * @param allowedADay false alerts a day that the budget allows all sources together
 * @returns the axis ends where three budgets do, since nobody reads on beyond
 */
export function tradeOffFigure(found: readonly TradeOff[], allowedADay: number): Figure {
  const styles = contestantStyles(found.map(({ name }) => name));
  return {
    data: found.flatMap(({ name, points }) => {
      const { colour, dash, symbol } = styles.get(name)!;
      const chosen = points.filter(({ isChosen }) => isChosen);
      const series = { type: 'scatter', name, legendgroup: name, hovertemplate: HOVER };
      return [
        {
          ...series,
          mode: 'lines+markers',
          x: points.map(({ falseAlertsADay }) => falseAlertsADay),
          y: points.map(({ recall }) => recall),
          customdata: points.map(({ threshold }) => threshold),
          line: { color: colour, dash },
          marker: { color: colour, size: 4 },
        },
        {
          ...series,
          mode: 'markers',
          showlegend: false,
          x: chosen.map(({ falseAlertsADay }) => falseAlertsADay),
          y: chosen.map(({ recall }) => recall),
          customdata: chosen.map(({ threshold }) => threshold),
          marker: { color: colour, symbol, size: 12, line: { color: '#ffffff', width: 1.5 } },
        },
      ];
    }),
    layout: {
      title: { text: 'Anomalies caught for false alerts a day (marks: the threshold that the budget chose)' },
      xaxis: { title: { text: 'false alerts a day, all services' }, range: [-0.3, 3 * allowedADay] },
      yaxis: { title: { text: 'share of anomalies caught' }, range: [-0.01, 1.01] },
      shapes: [
        {
          type: 'line',
          x0: allowedADay,
          x1: allowedADay,
          yref: 'paper',
          y0: 0,
          y1: 1,
          line: { color: COLOUR.threshold, width: 1, dash: 'dash' },
          label: { text: 'budget', textposition: 'end', textangle: 0, xanchor: 'left' },
        },
      ],
    },
  };
}

const HOVER = '%{x:.1f} false alerts a day, %{y:.0%} caught at %{customdata:.4f}';
