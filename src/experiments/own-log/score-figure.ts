// Scores over time, a line a source, with the threshold and the alerts: where to look.
import type { Threshold } from '../../core/threshold.js';
import type { WindowRow } from '../../core/score-window.js';
import { bandShape, COLOUR, seriesStyle, thresholdShape } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';
import type { Alert } from './alerts-of-rows.js';

const MAX_SOURCES = 6;
const MAX_POINTS = 600;

/**
 * @param rows of which the sources with the strangest windows are drawn; each point is the highest score of its stretch
 * @throws RangeError when there are none
 */
export function scoreFigure(
  rows: readonly WindowRow[],
  { value }: Threshold,
  alerts: readonly Alert[],
): Figure {
  if (rows.length === 0)
    throw new RangeError(
      'nothing lies behind the part that was fitted on: fit on a smaller share of the log',
    );
  const startMs = rows.reduce((least, row) => Math.min(least, row.startMs), Infinity);
  const endMs = rows.reduce((greatest, row) => Math.max(greatest, row.endMs), -Infinity);
  const strangest = new Map<string, number>();
  for (const { source, score } of rows) strangest.set(source, Math.max(score, strangest.get(source) ?? 0));
  const sources = [...strangest]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_SOURCES)
    .map(([source]) => source);
  return {
    data: sources.map((source, index) => {
      const points = highestScores(rows, source, startMs, endMs);
      const { colour, dash } = seriesStyle(index);
      return {
        type: 'scatter',
        mode: 'lines',
        name: source,
        x: [...points.keys()],
        y: [...points.values()],
        line: { color: colour, dash, width: 1.2 },
      };
    }),
    layout: {
      title: {
        text:
          strangest.size > sources.length
            ? `Scores of the ${sources.length} strangest of ${strangest.size} sources behind the fit`
            : 'Scores behind the fit; bands are alerts',
      },
      xaxis: { type: 'date' },
      yaxis: { range: [0, 1], title: { text: 'score' } },
      shapes: [
        thresholdShape(value, 'threshold'),
        ...alerts.map(({ sinceMs, untilMs }) =>
          bandShape({ startMs: sinceMs, endMs: untilMs }, COLOUR.anomaly),
        ),
      ],
    },
  };
}

/** End of a stretch → its highest score, ascending. */
function highestScores(
  rows: readonly WindowRow[],
  source: string,
  startMs: number,
  endMs: number,
): ReadonlyMap<number, number> {
  const pointMs = Math.max(1, (endMs - startMs) / MAX_POINTS);
  const highest = new Map<number, { endMs: number; score: number }>();
  for (const row of rows) {
    if (row.source !== source) continue;
    const at = Math.floor((row.startMs - startMs) / pointMs);
    const known = highest.get(at);
    highest.set(at, { endMs: row.endMs, score: Math.max(row.score, known?.score ?? 0) });
  }
  return new Map(
    [...highest.values()].sort((a, b) => a.endMs - b.endMs).map((each) => [each.endMs, each.score]),
  );
}
