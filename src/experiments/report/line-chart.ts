// Lines over two axes, with stretches, thresholds and marked points. Lines differ by dash as well as by colour.
import { type ChartFrame, drawChart, plotOf } from './chart-frame.js';
import { type Html, markup, NOTHING } from './html.js';

/** Colours of the page's palette; told apart also by those who see no red or green. */
export type Tone = 'main' | 'other' | 'good' | 'bad' | 'quiet';

export interface LineSeries {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly tone: Tone;
  readonly isDashed?: boolean;
  /** Holds a value until the next point. */
  readonly isStepped?: boolean;
}

export interface LineChart extends ChartFrame {
  /** Stretches of x behind the lines. */
  readonly bands?: readonly { readonly from: number; readonly to: number; readonly tone: Tone }[];
  readonly series: readonly LineSeries[];
  /** Levels of y across the whole chart. */
  readonly rules?: readonly { readonly y: number; readonly tone: Tone }[];
  readonly marks?: readonly {
    readonly x: number;
    readonly y: number;
    readonly tone: Tone;
    readonly text: string;
  }[];
}

export function lineChart(chart: LineChart): Html {
  const plot = plotOf(chart);
  const { left, right, top, bottom, xOf, yOf } = plot;
  const bands = (chart.bands ?? []).map(({ from, to, tone }) => {
    const start = xOf(from);
    // what is too short to be seen is drawn as a line
    const width = Math.max(2, xOf(to) - start);
    return markup`<rect class="band ${tone}" x="${start}" y="${top}" width="${width}" height="${bottom - top}"/>`;
  });
  const lines = chart.series.map(({ points, tone, isDashed, isStepped }) => {
    const [first, ...rest] = points;
    if (first === undefined) return NOTHING;
    const path = rest.map(([x, y]) => (isStepped ? `H${xOf(x)}V${yOf(y)}` : `L${xOf(x)} ${yOf(y)}`));
    return markup`<path class="line ${tone}${isDashed ? ' dashed' : ''}" d="M${xOf(first[0])} ${yOf(first[1])}${path.join('')}"/>`;
  });
  const rules = (chart.rules ?? []).map(
    ({ y, tone }) => markup`<path class="line dashed ${tone}" d="M${left} ${yOf(y)}H${right}"/>`,
  );
  const marks = (chart.marks ?? []).map(
    ({ x, y, tone, text }) =>
      markup`<circle class="mark ${tone}" cx="${xOf(x)}" cy="${yOf(y)}" r="5"><title>${text}</title></circle>`,
  );
  return drawChart(chart, plot, [...bands, ...rules, ...lines, ...marks]);
}
