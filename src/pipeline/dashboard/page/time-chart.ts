// A line or a few over time: drawn by Plotly for whoever sees it, said in a sentence below its title for whoever does not, or
// is in a hurry. Gaps stay gaps: where nothing was heard, nothing is drawn.
import { type AxisUnit, PLAIN_AXIS } from '../view/health-axis.js';
import { fromFirstHeard, seriesWords, summarizeSeries } from '../view/health-series.js';
import { minuteText, plotTime } from '../view/time-text.js';
import { element, fill, svg } from './dom.js';
import { drawPlot, dropPlot, pageAxis, pageColour } from './plot.js';
import { plotTimeAxis } from './plot-time-axis.js';
import type { ViewContext } from './view.js';

export interface ChartSeries {
  readonly name: string;
  /** A colour of the style sheet, such as `--accent`. */
  readonly colour: string;
  /** Told apart without colours as well. */
  readonly dash?: 'solid' | 'dash' | 'dot';
  readonly values: readonly (number | null)[];
}

export interface TimeChartOptions {
  /** A value in words, with its unit. */
  readonly inWords: (value: number) => string;
  readonly axis?: (values: readonly (number | null)[]) => AxisUnit;
  /** Where the scale ends before the highest value, which is said then; undefined: it does not. */
  readonly top?: (values: readonly (number | null)[]) => number | undefined;
}

export interface TimeChart {
  readonly root: HTMLElement;
  /** @param series at least one; the sentence is about the first. @param timesMs as long as their values */
  show(timesMs: readonly number[], series: readonly ChartSeries[], title?: string): void;
  /** Nothing to draw, and why. */
  tell(sentence: string): void;
  drop(): void;
}

export function createTimeChart(title: string, context: ViewContext, options: TimeChartOptions): TimeChart {
  const name = element('span', { class: 'chart-title' }, title);
  const words = element('div', { class: 'chart-words' });
  const plot = element('div', { class: 'chart-plot' });
  const root = element('figure', { class: 'time-chart' }, element('figcaption', {}, name, words), plot);
  return {
    root,
    show: (allMs, allSeries, newTitle) => {
      const { timesMs, series } = fromFirstHeard(allMs, allSeries);
      if (newTitle !== undefined) name.textContent = newTitle;
      fill(words, ...series.map((each) => wordsOf(timesMs, each, series.length > 1, context, options)));
      // axes without a line would look like a line at zero
      plot.hidden = series.every(({ values }) => values.every((value) => value === null));
      if (plot.hidden) return;
      draw(plot, timesMs, series, context, options).catch((error: unknown) => {
        // the sentence stands in for the drawing
        console.error(error);
      });
    },
    tell: (sentence) => {
      plot.hidden = true;
      fill(words, sentence);
    },
    drop: () => dropPlot(plot),
  };
}

function wordsOf(
  timesMs: readonly number[],
  { name, colour, dash, values }: ChartSeries,
  isNamed: boolean,
  context: ViewContext,
  { inWords, top }: TimeChartOptions,
): HTMLElement {
  const { zone } = context.state();
  const at = (timeMs: number): string => minuteText(timeMs, zone, context.nowMs());
  const highest = top?.(values);
  const cut = highest === undefined ? '' : `; the scale ends at ${inWords(highest)}, catching up went beyond`;
  const words = seriesWords(summarizeSeries(timesMs, values), inWords, at) + cut;
  if (!isNamed) return element('span', {}, words);
  const key = svg(
    'svg',
    { class: 'chart-key', width: KEY_WIDTH_PX, height: 8, 'aria-hidden': 'true' },
    svg('line', {
      x1: 0,
      x2: KEY_WIDTH_PX,
      y1: 4,
      y2: 4,
      'stroke-width': 2,
      'stroke-dasharray': KEY_DASHES[dash ?? 'solid'],
    }),
  );
  key.style.setProperty('color', `var(${colour})`);
  return element('span', {}, key, element('strong', {}, `${name} `), words);
}

const KEY_WIDTH_PX = 24;
const KEY_DASHES = { solid: null, dash: '7 4', dot: '2 3' } as const;

async function draw(
  plot: HTMLElement,
  timesMs: readonly number[],
  series: readonly ChartSeries[],
  context: ViewContext,
  { inWords, axis, top }: TimeChartOptions,
): Promise<void> {
  const { zone } = context.state();
  const all = series.flatMap(({ values }) => values);
  const { divisor, suffix, leastTop } = axis?.(all) ?? PLAIN_AXIS;
  const highest = all.reduce<number>((top, value) => Math.max(top, (value ?? 0) / divisor), leastTop);
  const shownTop = Math.min(highest, (top?.(all) ?? Infinity) / divisor);
  const x = timesMs.map((timeMs) => plotTime(timeMs, zone));
  const traces = series.map(({ name, colour, dash, values }) => ({
    type: 'scatter',
    mode: isAlone(values) ? 'lines+markers' : 'lines',
    name,
    x,
    y: values.map((value) => (value === null ? null : value / divisor)),
    text: values.map((value) => (value === null ? '' : inWords(value))),
    hovertemplate: series.length === 1 ? '%{text}<extra></extra>' : `${name} %{text}<extra></extra>`,
    line: { color: pageColour(colour), width: 1.6, dash: dash ?? 'solid' },
    marker: { size: 4 },
    connectgaps: false,
  }));
  await drawPlot(plot, traces, {
    // the few points of a young store lie far apart: wherever one points, the nearest is read
    hoverdistance: -1,
    xaxis: plotTimeAxis({ fromMs: timesMs[0]!, toMs: context.span().toMs }, zone),
    // a little room, or a line at the top would be half a line; and a range at all where everything is zero
    yaxis: { ...pageAxis(), range: [0, (shownTop || 1) * 1.06], ticksuffix: suffix, nticks: 4 },
  });
}

/** A value between two gaps is no line: it would not be seen. */
function isAlone(values: readonly (number | null)[]): boolean {
  return values.some(
    (value, index) =>
      value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null,
  );
}
