// The time axis of a chart: the page's own ticks in the viewer's zone, since Plotly knows neither.
import { plotTime } from '../view/time-text.js';
import { timeTicks } from '../view/time-ticks.js';
import type { Span } from '../view/view-state.js';
import { pageAxis, type PlotLayout } from './plot.js';

const MOST_TICKS = 6;

export function plotTimeAxis({ fromMs, toMs }: Span, zone: string): PlotLayout {
  const ticks = timeTicks({ fromMs, toMs }, zone, MOST_TICKS);
  return {
    ...pageAxis(),
    type: 'date',
    range: [plotTime(fromMs, zone), plotTime(toMs, zone)],
    tickvals: ticks.map(({ share }) => plotTime(fromMs + share * (toMs - fromMs), zone)),
    ticktext: ticks.map(({ text }) => text),
    hoverformat: '%-d %b %H:%M:%S',
  };
}
