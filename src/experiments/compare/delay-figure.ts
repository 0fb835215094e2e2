// How long after its first abnormal record each caught anomaly was alerted on, one mark each, with quartiles.
import type { Figure } from '../notebook/figure.js';
import type { Compared } from './compare-detectors.js';
import { contestantStyles } from './contestant-style.js';

const MINUTE_MS = 60_000;
/** A window is known only when it is over, so that a delay of nothing cannot be; a logarithm needs more than nothing. */
const LEAST_MINUTES = 0.05;
const TICKS_MINUTES = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** Contestants that caught nothing stand there empty. */
export function delayFigure(compared: readonly Compared[]): Figure {
  const styles = contestantStyles(compared.map(({ name }) => name));
  return {
    data: compared.map(({ name, evaluation }) => {
      const { colour } = styles.get(name)!;
      const caught = evaluation.labels.filter(({ delayMs }) => delayMs !== null);
      return {
        type: 'box',
        name: `${name} (${caught.length})`,
        x: caught.map(({ delayMs }) => Math.max(LEAST_MINUTES, delayMs! / MINUTE_MS)),
        text: caught.map(({ kind }) => kind),
        hovertemplate: '%{text}: %{x:.2f} min<extra></extra>',
        boxpoints: 'all',
        jitter: 0.5,
        pointpos: 0,
        marker: { color: colour, size: 5 },
        line: { width: 1.2 },
        fillcolor: 'rgba(0,0,0,0.04)',
        showlegend: false,
      };
    }),
    layout: {
      title: { text: 'Delay of the first alert, by anomaly that was caught' },
      height: 110 + 42 * compared.length,
      xaxis: {
        type: 'log',
        title: { text: 'minutes after the first abnormal record' },
        tickvals: TICKS_MINUTES,
        ticktext: TICKS_MINUTES.map(String),
      },
      yaxis: { autorange: 'reversed', showgrid: false },
    },
  };
}
