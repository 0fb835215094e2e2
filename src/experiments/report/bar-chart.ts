// Stacked bars of counts, one a category.
import { type ChartAxis, countAxis, round } from './chart-axis.js';
import { type ChartFrame, drawChart, plotOf } from './chart-frame.js';
import { type Html, markup } from './html.js';
import type { Tone } from './line-chart.js';

export interface BarChart extends Pick<ChartFrame, 'id' | 'title' | 'description' | 'height'> {
  readonly xLabel: string;
  readonly yLabel: string;
  readonly bars: readonly Bar[];
  /** Every nth category is named. */
  readonly labelEvery?: number;
}

export interface Bar {
  readonly category: string;
  /** From the bottom up; counts, at least 0. */
  readonly parts: readonly { readonly tone: Tone; readonly value: number }[];
}

export function barChart(chart: BarChart): Html {
  const { bars, labelEvery = 1 } = chart;
  const totals = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const x: ChartAxis = {
    label: chart.xLabel,
    min: -0.5,
    max: Math.max(0.5, bars.length - 0.5),
    ticks: bars.flatMap(({ category }, value) =>
      value % labelEvery === 0 ? [{ value, text: category }] : [],
    ),
  };
  const frame = { ...chart, x, y: countAxis(chart.yLabel, Math.max(0, ...totals)) };
  const plot = plotOf(frame);
  const drawn = bars.flatMap(({ category, parts }, index) => {
    let below = 0;
    return parts
      .filter(({ value }) => value > 0)
      .map(({ tone, value }) => {
        const [bottom, top] = [plot.yOf(below), plot.yOf(below + value)];
        const [left, right] = [plot.xOf(index - 0.4), plot.xOf(index + 0.4)];
        below += value;
        return markup`<rect class="bar ${tone}" x="${left}" y="${top}" width="${round(right - left)}" height="${round(bottom - top)}"><title>${category}: ${value}</title></rect>`;
      });
  });
  return drawChart(frame, plot, drawn);
}
