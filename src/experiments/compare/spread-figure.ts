// Measured values with their bootstrap intervals, and around them what other seeds gave.
import type { Figure } from '../notebook/figure.js';
import { COLOUR } from '../notebook/figure-style.js';
import type { Compared } from './compare-detectors.js';
import { SPREAD_MEASURES, type SpreadMeasure, spreadPoint, type SpreadPoint } from './spread.js';

const TITLES: Readonly<Record<SpreadMeasure, string>> = {
  eventRecall: 'share of anomalies caught',
  windowPrAuc: 'PR-AUC by window',
  falseAlertsADay: 'false alerts a day',
};

/** Other runs of the detectors, drawn as small marks. */
export interface SpreadSeries {
  readonly name: string;
  readonly points: readonly SpreadPoint[];
}

/** A row a contestant, a panel a measure; detectors that were not compared are left out of the series. */
export function spreadFigure(compared: readonly Compared[], series: readonly SpreadSeries[]): Figure {
  const names = compared.map(({ name }) => name);
  const data = SPREAD_MEASURES.flatMap((measure, panel) => {
    const axes = panel === 0 ? {} : { xaxis: `x${panel + 1}`, yaxis: `y${panel + 1}` };
    const shared = { type: 'scatter', mode: 'markers', showlegend: panel === 0, ...axes };
    const own = compared.map((each) => spreadPoint(each, each.seed)[measure]);
    return [
      {
        ...shared,
        name: 'this run, 95 % interval',
        x: own,
        y: names,
        error_x: {
          type: 'data',
          symmetric: false,
          array: compared.map(
            ({ evaluation }, i) => (evaluation.intervals[measure]?.high ?? own[i]!) - own[i]!,
          ),
          arrayminus: compared.map(
            ({ evaluation }, i) => own[i]! - (evaluation.intervals[measure]?.low ?? own[i]!),
          ),
          color: COLOUR.normal,
          thickness: 2,
        },
        marker: { color: COLOUR.normal, size: 9 },
      },
      ...series.map(({ name, points }, index) => {
        const known = points.filter(({ detector }) => compared.some((each) => each.detector === detector));
        return {
          ...shared,
          name,
          x: known.map((point) => point[measure]),
          y: known.map(({ detector }) => compared.find((each) => each.detector === detector)!.name),
          text: known.map(({ seed }) => `seed ${seed}`),
          marker: { symbol: MARKS[index % MARKS.length], size: 9, color: COLOUR.anomaly },
        };
      }),
    ];
  });
  const axes = SPREAD_MEASURES.map((measure, panel) => {
    const suffix = panel === 0 ? '' : String(panel + 1);
    return {
      [`xaxis${suffix}`]: { title: { text: TITLES[measure] }, rangemode: 'tozero' },
      [`yaxis${suffix}`]: {
        type: 'category',
        categoryorder: 'array',
        categoryarray: names.toReversed(),
        showticklabels: panel === 0,
      },
    };
  });
  return {
    data,
    layout: {
      title: { text: 'How far the figures move by chance' },
      grid: { rows: 1, columns: SPREAD_MEASURES.length, pattern: 'independent', xgap: 0.08 },
      height: 150 + 40 * compared.length,
      ...Object.assign({}, ...axes),
    },
  };
}

const MARKS = ['line-ns-open', 'diamond-open', 'circle-open'] as const;
