// Alerts a day, or of less than an hour as they are, at every threshold that makes a difference, with the model's own and the one that is looked at marked.
import type { ThresholdPreview } from '../api-reports.js';
import { isLongEnough, nearestStep, perDay, sliderSteps, thresholdWords } from '../view/model-preview.js';
import { countOf, scoreText } from '../view/number-text.js';
import { drawPlot, pageAxis, pageColour } from './plot.js';

const DAY_MS = 86_400_000;

/** @param own the champion's threshold */
export async function drawCurve(plot: HTMLElement, preview: ThresholdPreview, own: number): Promise<void> {
  const isRate = isLongEnough(preview.coveredMs);
  const times = isRate ? DAY_MS / preview.coveredMs : 1;
  const marked = [
    { threshold: own, alerts: preview.alertsNow },
    { threshold: preview.threshold, alerts: preview.alerts },
  ];
  const points = [...preview.curve, ...marked].sort((a, b) => a.threshold - b.threshold);
  const steps = sliderSteps(preview.curve, own);
  // steps of equal width, as the slider has them: thresholds crowd together near 1
  const place = (threshold: number): number => nearestStep(steps, threshold);
  const shown = points.map(({ alerts }) => alerts * times);
  const words = points.map(
    ({ threshold, alerts }, index) =>
      `${thresholdWords(threshold, steps)}: ${countOf(alerts, 'alert')}${isRate ? `, ${perDay(shown[index]!)} a day` : ''}`,
  );
  // the lax end would flatten the part that anybody would choose from
  const chosen = Math.max(preview.alertsNow, preview.alerts) * times;
  const highest = Math.min(Math.max(...shown, 1), 4 * Math.max(chosen, 1));
  await drawPlot(
    plot,
    [
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: points.map(({ threshold }) => place(threshold)),
        y: shown,
        text: words,
        hovertemplate: '%{text}<extra></extra>',
        line: { color: pageColour('--accent'), width: 1.8, shape: 'hv' },
        marker: { size: 4, color: pageColour('--accent') },
      },
      {
        type: 'scatter',
        mode: 'markers',
        x: [place(preview.threshold)],
        y: [preview.alerts * times],
        hoverinfo: 'skip',
        marker: {
          size: 13,
          color: pageColour('--surface'),
          line: { color: pageColour('--accent'), width: 3 },
        },
      },
    ],
    {
      hovermode: 'closest',
      margin: { l: 44, r: 12, t: 18, b: 40 },
      xaxis: {
        ...pageAxis(),
        title: { text: 'threshold', font: { size: 11 } },
        range: [-0.5, steps.length - 0.5],
        ...ticksOf(steps, plot.clientWidth),
      },
      yaxis: {
        ...pageAxis(),
        range: [0, highest * 1.06],
        title: { text: isRate ? 'alerts a day' : 'alerts', font: { size: 11 } },
        nticks: 5,
      },
      shapes: [
        {
          type: 'line',
          x0: place(own),
          x1: place(own),
          y0: 0,
          y1: 1,
          yref: 'paper',
          line: { color: pageColour('--muted'), width: 1, dash: 'dash' },
          label: {
            text: 'its own',
            textposition: 'end',
            textangle: 0,
            font: { size: 11, color: pageColour('--muted') },
          },
        },
      ],
    },
  );
}

const TICK_WIDTH_PX = 80;

function ticksOf(steps: readonly number[], widthPx: number): object {
  const every = Math.max(1, Math.ceil((steps.length * TICK_WIDTH_PX) / Math.max(1, widthPx)));
  const places = steps.map((_, index) => index).filter((index) => index % every === 0);
  return {
    tickangle: 0,
    tickvals: places,
    ticktext: places.map((place) => scoreText(steps[place]!)),
  };
}
