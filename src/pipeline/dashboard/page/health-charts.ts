// How the stream ran over time: what came in, how far behind, what was late and what was set aside.
import type { PipelineHealth } from '../api-reports.js';
import { COUNT_AXIS, durationAxis } from '../view/health-axis.js';
import { liveTop } from '../view/health-series.js';
import { countText, rateText } from '../view/number-text.js';
import { durationText } from '../view/time-text.js';
import { element } from './dom.js';
import { createTimeChart, type TimeChart, type TimeChartOptions } from './time-chart.js';
import type { ViewContext } from './view.js';

interface SeriesEntry extends TimeChartOptions {
  readonly name: keyof PipelineHealth['series'];
  readonly title: string;
  /** A colour of the style sheet. */
  readonly colour: string;
}

const SERIES: readonly SeriesEntry[] = [
  {
    name: 'recordsPerSecond',
    title: 'Throughput',
    colour: '--accent',
    inWords: (value) => `${rateText(value)} records/s`,
    top: liveTop,
  },
  {
    name: 'lag',
    title: 'Lag: messages not read yet',
    colour: '--accent',
    inWords: (value) => countText(value),
    axis: () => COUNT_AXIS,
  },
  {
    name: 'watermarkLagMs',
    title: 'Watermark lag: how old the newest window is',
    colour: '--accent',
    inWords: durationText,
    axis: durationAxis,
  },
  {
    name: 'late',
    title: 'Late records',
    colour: '--warning',
    inWords: (value) => countText(value),
    axis: () => COUNT_AXIS,
  },
  {
    name: 'deadLettered',
    title: 'Set aside: lines that could not be read',
    colour: '--critical',
    inWords: (value) => countText(value),
    axis: () => COUNT_AXIS,
  },
];

export interface HealthCharts {
  readonly root: HTMLElement;
  show(health: PipelineHealth): void;
  drop(): void;
}

export function createHealthCharts(context: ViewContext): HealthCharts {
  const charts: readonly (readonly [SeriesEntry, TimeChart])[] = SERIES.map((entry) => [
    entry,
    createTimeChart(entry.title, context, entry),
  ]);
  return {
    root: element('div', { class: 'chart-grid' }, ...charts.map(([, { root }]) => root)),
    show: ({ timesMs, series }) => {
      // files and pipes cannot say how much is still to come
      const hasNoLag = series.lag.every((value) => value === null);
      for (const [{ name, title, colour }, chart] of charts) {
        if (name === 'lag' && hasNoLag)
          chart.tell('not counted: this input does not say how much is still to come');
        else chart.show(timesMs, [{ name: title, colour, values: series[name] }]);
      }
    },
    drop: () => charts.forEach(([, chart]) => chart.drop()),
  };
}
