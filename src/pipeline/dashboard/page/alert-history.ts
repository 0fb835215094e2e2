// The source's score through the windows around the alert, with the threshold it went over.
import type { AlertDetail } from '../api.js';
import { countOf, scoreText } from '../view/number-text.js';
import { plotTime } from '../view/time-text.js';
import { element } from './dom.js';
import { drawPlot, dropPlot, pageAxis, pageColour, preparePlots } from './plot.js';
import type { ViewContext } from './view.js';

export interface HistoryChart {
  readonly root: HTMLElement;
  draw(detail: AlertDetail): void;
  unmount(): void;
}

export function createHistoryChart(context: ViewContext): HistoryChart {
  const chart = element('div', { class: 'score-chart' });
  const words = element('p', { class: 'hint' });

  preparePlots();
  const draw = ({ history, threshold }: AlertDetail): void => {
    const { zone } = context.state();
    const alerting = history.filter(({ alert }) => alert).length;
    // of what is drawn: an alert's own peak is what was told last, and may have been passed since
    const highest = history.reduce((most, { score }) => Math.max(most, score), 0);
    words.textContent =
      `${countOf(history.length, 'window')} around the alert, ${alerting} of them alert; ` +
      `the highest score was ${scoreText(highest)}, the threshold ${scoreText(threshold)}.`;
    const times = history.map(({ startMs }) => plotTime(startMs, zone));
    const calm = pageColour('--info');
    const loud = pageColour('--critical');
    const ends = [times[0], times.at(-1)];
    drawPlot(
      chart,
      [
        {
          type: 'bar',
          x: times,
          y: history.map(({ score }) => score),
          marker: { color: history.map(({ alert }) => (alert ? loud : calm)) },
          customdata: history.map(({ records }) => countOf(records, 'record')),
          hovertemplate: 'score %{y:.3f}<br>%{customdata}<extra></extra>',
        },
        {
          type: 'scatter',
          mode: 'lines',
          x: ends,
          y: [threshold, threshold],
          line: { color: pageColour('--text'), width: 1, dash: 'dot' },
          hoverinfo: 'skip',
        },
      ],
      { bargap: 0.15, yaxis: { ...pageAxis(), range: [0, 1.02], dtick: 0.5 } },
    ).catch((error: unknown) => {
      words.textContent = error instanceof Error ? error.message : String(error);
    });
  };
  return { root: element('div', {}, words, chart), draw, unmount: () => dropPlot(chart) };
}
