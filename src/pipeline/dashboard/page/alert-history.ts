// The source's score through the windows around the alert, with the threshold it went over: each model's own over its windows,
// and a line where another one takes over.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { AlertDetail } from '../api-alerts.js';
import { countOf, scoreText } from '../view/number-text.js';
import { thresholdStretches, thresholdWords } from '../view/threshold-line.js';
import { plotTime, timeText } from '../view/time-text.js';
import { element } from './dom.js';
import { shortVersion } from './model-card.js';
import { drawPlot, dropPlot, pageAxis, pageColour, preparePlots } from './plot.js';
import { plotTimeAxis } from './plot-time-axis.js';
import type { ViewContext } from './view.js';

/** Of a window that its bar takes. */
const BAR_SHARE = 0.85;

export interface HistoryChart {
  readonly root: HTMLElement;
  draw(detail: AlertDetail): void;
  unmount(): void;
}

export function createHistoryChart(context: ViewContext): HistoryChart {
  const chart = element('div', { class: 'score-chart' });
  const words = element('p', { class: 'hint' });

  preparePlots();
  const draw = ({ history, speakers }: AlertDetail): void => {
    const { zone } = context.state();
    const alerting = history.filter(({ alert }) => alert).length;
    const at = (timeMs: number): string => timeText(timeMs, zone, context.nowMs());
    const stretches = thresholdStretches(history);
    const later = speakers.slice(1);
    // of what is drawn: an alert's own peak is what was told last, and may have been passed since
    const highest = history.reduce((most, { score }) => Math.max(most, score), 0);
    words.textContent =
      `${countOf(history.length, 'window')} around the alert, ${alerting} of them alert; ` +
      `the highest score was ${scoreText(highest)}, ${thresholdWords(stretches, at)}.` +
      later
        .map(({ artifact, fromMs }) => ` The model ${nameText(artifact)} speaks from ${at(fromMs)} on.`)
        .join('');
    const times = history.map(({ startMs }) => plotTime(startMs, zone));
    const calm = pageColour('--info');
    const loud = pageColour('--critical');
    const [fromMs, toMs] = [history[0]?.startMs ?? 0, history.at(-1)?.endMs ?? 1];
    drawPlot(
      chart,
      [
        {
          type: 'bar',
          x: times,
          y: history.map(({ score }) => score),
          // from its start to its end, with a little air
          offset: 0,
          width: history.map(({ startMs, endMs }) => (endMs - startMs) * BAR_SHARE),
          marker: { color: history.map(({ alert }) => (alert ? loud : calm)) },
          customdata: history.map(({ records }) => countOf(records, 'record')),
          hovertemplate: 'score %{y:.3f}<br>%{customdata}<extra></extra>',
        },
        {
          type: 'scatter',
          mode: 'lines',
          // a step where it changes
          x: stretches.flatMap((each) => [plotTime(each.fromMs, zone), plotTime(each.toMs, zone)]),
          y: stretches.flatMap((each) => [each.threshold, each.threshold]),
          line: { color: pageColour('--text'), width: 1, dash: 'dot' },
          hoverinfo: 'skip',
        },
      ],
      {
        xaxis: plotTimeAxis({ fromMs, toMs }, zone),
        yaxis: { ...pageAxis(), range: [0, 1.02], dtick: 0.5 },
        shapes: later.map((speaker) =>
          takeOverLine(plotTime(speaker.fromMs, zone), 2 * speaker.fromMs > fromMs + toMs),
        ),
      },
    ).catch((error: unknown) => {
      words.textContent = error instanceof Error ? error.message : String(error);
    });
  };
  return { root: element('div', {}, words, chart), draw, unmount: () => dropPlot(chart) };
}

/** Between the windows of two models. @param x as `plotTime` gives it @param isLate its words would not fit at the right */
function takeOverLine(x: string, isLate: boolean): object {
  return {
    type: 'line',
    x0: x,
    x1: x,
    y0: 0,
    y1: 1,
    yref: 'paper',
    line: { color: pageColour('--text'), width: 1.5, dash: 'dash' },
    label: {
      text: 'another model',
      textposition: 'end',
      textangle: 0,
      xanchor: isLate ? 'right' : 'left',
      font: { size: 11, color: pageColour('--muted') },
    },
  };
}

function nameText({ name, version }: AlertDetail['artifact']): string {
  return showUnsafe(`${name} ${shortVersion(version)}`);
}
