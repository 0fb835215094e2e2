// How all figures of the notebooks look: white paper (a picture is seen in dark viewers, too), quiet grid, and colours
// by what they mean, from palettes that every kind of sight tells apart (Okabe and Ito 2008; Tol 2021, "muted").
import type { Figure } from './figure.js';

/** Colours by meaning; the same thing has the same colour in every notebook and in the reports. */
export const COLOUR = {
  normal: '#0072b2',
  anomaly: '#c2410c',
  /** Ground truth, mostly as bands behind a line. */
  label: '#e69f00',
  benign: '#009e73',
  threshold: '#1a1d21',
  muted: '#8a939c',
  debug: '#b6bcc3',
  info: '#56b4e9',
  warn: '#e69f00',
  error: '#c2410c',
  fatal: '#7a1f3d',
} as const;

/** For things without a meaning of their own, such as detectors or kinds of anomalies, in this order. */
export const PALETTE = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#332288',
  '#882255',
  '#999933',
  '#44aa99',
  '#8a939c',
] as const;

/** From nothing (white) to much (dark blue); for counts and shares. */
export const SEQUENTIAL = [
  [0, '#ffffff'],
  [0.25, '#c6dff0'],
  [0.5, '#7db6dc'],
  [0.75, '#2f86bf'],
  [1, '#00436b'],
] as const;

/** From below (blue) through none (white) to above (orange); for correlations and differences around 0. */
export const DIVERGING = [
  [0, '#00507d'],
  [0.25, '#6aaed6'],
  [0.5, '#ffffff'],
  [0.75, '#f0a868'],
  [1, '#a8380a'],
] as const;

const DASHES = ['solid', 'dash', 'dot', 'dashdot'] as const;
const SYMBOLS = ['circle', 'square', 'diamond', 'cross', 'triangle-up', 'x'] as const;

/** Colour, dash and mark of the nth thing (from 0): told apart without colours as well. Any whole number of at least 0. */
export function seriesStyle(index: number): {
  readonly colour: string;
  readonly dash: string;
  readonly symbol: string;
} {
  return {
    colour: PALETTE[index % PALETTE.length]!,
    dash: DASHES[index % DASHES.length]!,
    symbol: SYMBOLS[index % SYMBOLS.length]!,
  };
}

/** A stretch of time as a band behind a line, over the whole height of `yref` (default all panels). */
export function bandShape(
  span: { readonly startMs: number; readonly endMs: number },
  colour: string = COLOUR.label,
  yref: string = 'paper',
  xref: string = 'x',
): object {
  return {
    type: 'rect',
    xref,
    yref,
    x0: span.startMs,
    x1: span.endMs,
    y0: 0,
    y1: 1,
    fillcolor: colour,
    opacity: 0.25,
    line: { width: 0 },
    layer: 'below',
  };
}

/** A dashed level over the whole width, named at its right end. */
export function thresholdShape(value: number, name: string, yref: string = 'y'): object {
  return {
    type: 'line',
    xref: 'paper',
    yref,
    x0: 0,
    x1: 1,
    y0: value,
    y1: value,
    line: { color: COLOUR.threshold, width: 1.5, dash: 'dash' },
    label: { text: name, textposition: 'end', font: { size: 12, color: COLOUR.threshold } },
  };
}

/** Size of a picture whose layout says none, in CSS pixels. A figure on a page is as wide as there is room. */
export const FIGURE_WIDTH_PX = 860;
export const FIGURE_HEIGHT_PX = 420;

/** More names than this stand in a column at the right instead of in a line above the plot. */
const MAX_NAMES_ABOVE = 5;

/** The figure in the shared look; whatever its own layout says wins. */
export function styled(figure: Figure): Figure {
  const names = figure.data.filter((trace) => 'name' in trace && !isHidden(trace)).length;
  const hasNamesAbove = names > 1 && names <= MAX_NAMES_ABOVE;
  const layout = {
    template: { layout: hasNamesAbove ? { ...BASE, ...NAMES_ABOVE } : BASE, data: TRACES },
    height: FIGURE_HEIGHT_PX,
    ...figure.layout,
  };
  return { data: figure.data, layout };
}

function isHidden(trace: object): boolean {
  return 'showlegend' in trace && trace.showlegend === false;
}

const AXIS = {
  automargin: true,
  gridcolor: '#e3e6ea',
  gridwidth: 1,
  linecolor: '#8a939c',
  zeroline: false,
  ticks: 'outside',
  tickcolor: '#c4c9cf',
  ticklen: 4,
  title: { standoff: 10, font: { size: 13 } },
};

const BASE = {
  autosize: true,
  paper_bgcolor: '#ffffff',
  plot_bgcolor: '#ffffff',
  colorway: PALETTE,
  colorscale: { sequential: SEQUENTIAL, diverging: DIVERGING },
  font: { family: '"Helvetica Neue", Arial, "Liberation Sans", sans-serif', size: 12, color: '#30363d' },
  title: {
    x: 0,
    xref: 'container',
    xanchor: 'left',
    y: 1,
    yref: 'container',
    yanchor: 'top',
    pad: { t: 14, l: 12 },
    font: { size: 16, color: '#1a1d21' },
  },
  margin: { l: 56, r: 24, t: 52, b: 52 },
  xaxis: AXIS,
  yaxis: AXIS,
  bargap: 0.15,
  hoverlabel: { font: { size: 12 }, align: 'left' },
};

const NAMES_ABOVE = {
  legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1, yanchor: 'bottom' },
  margin: { ...BASE.margin, t: 76 },
};

const BAR_LINE = { marker: { line: { width: 0 } } };
const TRACES = {
  bar: [BAR_LINE],
  histogram: [BAR_LINE],
  heatmap: [{ colorbar: { thickness: 12, outlinewidth: 0, ticklen: 4 } }],
  scatter: [{ line: { width: 1.8 }, marker: { size: 7 } }],
};
