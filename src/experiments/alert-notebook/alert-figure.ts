// What an alert's lines give again, drawn: the score against its threshold, and the feature that moved it most against
// its usual band.
import type { FeatureDeclaration } from '../../core/features/feature-spec.js';
import type { WindowRow } from '../../core/score-window.js';
import { bandShape, COLOUR, thresholdShape } from '../notebook/figure-style.js';
import type { Figure } from '../notebook/figure.js';

/** The alerting window with the highest score; undefined where none alerts. */
export function peakOf(rows: readonly WindowRow[]): WindowRow | undefined {
  return rows.reduce<WindowRow | undefined>(
    (peak, row) => (row.alert && row.score > (peak?.score ?? -1) ? row : peak),
    undefined,
  );
}

/** @throws RangeError without rows */
export function alertScoreFigure(rows: readonly WindowRow[], threshold: number): Figure {
  if (rows.length === 0) throw new RangeError('there is no window to draw: the notebook has no lines');
  return {
    data: [lineOf(rows, 'score', (row) => row.score)],
    layout: {
      title: { text: `Score of ${rows[0]!.source}, from the lines; bands are alerting windows` },
      xaxis: { type: 'date' },
      yaxis: { range: [0, 1], title: { text: 'score' } },
      shapes: [thresholdShape(threshold, 'threshold'), ...alertBands(rows)],
    },
  };
}

/** @throws RangeError when no window alerts */
export function bandFigure(rows: readonly WindowRow[], features: readonly FeatureDeclaration[]): Figure {
  const strongest = peakOf(rows)?.explanation?.features[0];
  if (strongest === undefined) throw new RangeError('no window alerts: there is no reason to draw');
  const { feature, usualLow, usualHigh } = strongest;
  const index = features.findIndex(({ name }) => name === feature);
  const unit = features[index]?.unit ?? '';
  return {
    data: [
      lineOf(rows, 'usual from', () => usualLow, COLOUR.benign),
      { ...lineOf(rows, 'usual to', () => usualHigh, COLOUR.benign), fill: 'tonexty' },
      lineOf(rows, feature, (row) => row.features[index]!),
    ],
    layout: {
      title: { text: `${feature}, the feature that moved the score most, and its usual band` },
      xaxis: { type: 'date' },
      yaxis: { title: { text: unit === '' ? feature : `${feature} (${unit})` } },
      shapes: alertBands(rows),
    },
  };
}

function alertBands(rows: readonly WindowRow[]): object[] {
  return rows
    .filter(({ alert }) => alert)
    .map(({ startMs, endMs }) => bandShape({ startMs, endMs }, COLOUR.anomaly));
}

function lineOf(
  rows: readonly WindowRow[],
  name: string,
  valueOf: (row: WindowRow) => number,
  colour: string = COLOUR.normal,
): object {
  return {
    type: 'scatter',
    mode: 'lines',
    name,
    x: rows.map(({ endMs }) => endMs),
    y: rows.map(valueOf),
    line: { color: colour, width: 1.4 },
  };
}
