// What every chart has: a title and a description for those who cannot see it, axes, and a size that scales with the
// page. Colours are classes, so that light, dark and print each have their own.
import { type ChartAxis, createScale } from './chart-axis.js';
import { type Html, markup } from './html.js';

export interface ChartFrame {
  /** Unique on the page; letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** What a reader should see in it, in a sentence. */
  readonly description: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  /** Of the picture, in its own units; its width is `CHART_WIDTH`. */
  readonly height: number;
}

export const CHART_WIDTH = 440;
const MARGIN = { left: 48, right: 24, top: 24, bottom: 40 } as const;

/** The area between the axes. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xOf: (value: number) => number;
  readonly yOf: (value: number) => number;
}

export function plotOf({ x, y, height }: ChartFrame): Plot {
  const area = {
    left: MARGIN.left,
    right: CHART_WIDTH - MARGIN.right,
    top: MARGIN.top,
    bottom: height - MARGIN.bottom,
  };
  return {
    ...area,
    xOf: createScale(x, area.left, area.right),
    yOf: createScale(y, area.bottom, area.top),
  };
}

/** @param content what is drawn between the axes */
export function drawChart(frame: ChartFrame, plot: Plot, content: readonly Html[]): Html {
  const { id, title, description, x, y, height } = frame;
  const { left, right, bottom, xOf, yOf } = plot;
  return markup`<svg class="chart" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${CHART_WIDTH} ${height}">
<title id="${id}-t">${title}</title>
<desc id="${id}-d">${description}</desc>
${y.ticks.map(({ value, text }) => {
  const at = yOf(value);
  return markup`<path class="grid" d="M${left} ${at}H${right}"/><text class="tick end" x="${left - 6}" y="${at + 4}">${text}</text>`;
})}
${x.ticks.map(({ value, text }) => markup`<path class="grid" d="M${xOf(value)} ${bottom}v4"/><text class="tick middle" x="${xOf(value)}" y="${bottom + 17}">${text}</text>`)}
${content}
<path class="axis" d="M${left} ${bottom}H${right}"/>
<text class="axis-label end" x="${right}" y="${height - 4}">${x.label}</text>
<text class="axis-label" x="2" y="12">${y.label}</text>
</svg>`;
}
