// A small drawing of one feature: what it did, the band that is usual, and the alert's windows. Pointing reads a value.
import type { AlertDetail } from '../api-alerts.js';
import { bandChart } from '../view/band-chart.js';
import { featureValue } from '../../../core/feature-words.js';
import { timeText } from '../view/time-text.js';
import { element, svg } from './dom.js';
import type { ViewContext } from './view.js';

const WIDTH = 320;
const HEIGHT = 56;

export function bandFigure(
  feature: AlertDetail['features'][number],
  history: AlertDetail['history'],
  context: ViewContext,
): HTMLElement {
  const { usualLow, usualHigh, values } = feature;
  const chart = bandChart(values, { low: usualLow, high: usualHigh }, WIDTH, HEIGHT);
  const stepWidth = WIDTH / Math.max(1, values.length - 1);
  const dot = svg('circle', { r: 3, class: 'dot', visibility: 'hidden' });
  const readout = element('small', { class: 'band-readout' });
  const rest = `${featureValue(feature, chart.low)} – ${featureValue(feature, chart.high)}`;
  readout.textContent = rest;

  const drawing = svg(
    'svg',
    {
      viewBox: `0 -4 ${WIDTH} ${HEIGHT + 8}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
      class: 'band-drawing',
    },
    svg('rect', { class: 'band', x: 0, width: WIDTH, y: chart.bandTop, height: chart.bandHeight }),
    ...history.map(
      ({ alert }, index) =>
        alert &&
        svg('rect', {
          class: 'alert-window',
          x: index * stepWidth - stepWidth / 2,
          width: stepWidth,
          y: -4,
          height: HEIGHT + 8,
        }),
    ),
    svg('path', { class: 'actual', d: chart.line }),
    dot,
  );
  drawing.addEventListener('pointermove', (event) => {
    const box = drawing.getBoundingClientRect();
    const index = Math.round(((event.clientX - box.left) / box.width) * (values.length - 1));
    const point = chart.points[index];
    const value = values[index];
    const window = history[index];
    if (!point || value === null || value === undefined || !window) return;
    dot.setAttribute('cx', String(point.x));
    dot.setAttribute('cy', String(point.y));
    dot.setAttribute('visibility', 'visible');
    const when = timeText(window.startMs, context.state().zone, context.nowMs());
    readout.textContent = `${when}: ${featureValue(feature, value)}`;
  });
  drawing.addEventListener('pointerleave', () => {
    dot.setAttribute('visibility', 'hidden');
    readout.textContent = rest;
  });
  return element('figure', { class: 'band-figure' }, drawing, readout);
}
