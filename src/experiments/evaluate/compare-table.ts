// Several detectors side by side, for people as aligned text and for machines as rows.

import type { Measures } from './measure.js';

export interface CompareRow {
  readonly detector: string;
  /** By window. */
  readonly rocAuc: number | null;
  readonly prAuc: number | null;
  /** By event. */
  readonly eventRecall: number | null;
  readonly precision: number | null;
  readonly falseAlertsADay: number | null;
  readonly medianDelayMs: number | null;
}

/** In the order given. An evaluation is measures, and so is each of its baselines. */
export function compareRows(named: readonly (readonly [name: string, measures: Measures])[]): CompareRow[] {
  return named.map(([detector, { windows, events }]) => ({
    detector,
    rocAuc: windows.rocAuc,
    prAuc: windows.prAuc,
    eventRecall: events.recall,
    precision: events.precision,
    falseAlertsADay: events.falseAlertsADay,
    medianDelayMs: events.medianDelayMs,
  }));
}

const HEADINGS = [
  'detector',
  'ROC-AUC',
  'PR-AUC',
  'event recall',
  'precision',
  'false alerts/day',
  'median delay',
] as const;

/** Lines without a final line break; names to the left, numbers to the right, `–` for what is undefined. */
export function formatCompareTable(rows: readonly CompareRow[]): string {
  const cells = rows.map((row) => [
    row.detector,
    fixed(row.rocAuc, 3),
    fixed(row.prAuc, 3),
    fixed(row.eventRecall, 3),
    fixed(row.precision, 3),
    fixed(row.falseAlertsADay, 1),
    formatDelay(row.medianDelayMs),
  ]);
  const lines = [[...HEADINGS], ...cells];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}

/** In the unit that reads best: `45 s`, `2.5 min`, `3.0 h`. */
export function formatDelay(delayMs: number | null): string {
  if (delayMs === null) return '–';
  if (delayMs < 60_000) return `${Math.round(delayMs / 1000)} s`;
  if (delayMs < 3_600_000) return `${(delayMs / 60_000).toFixed(1)} min`;
  return `${(delayMs / 3_600_000).toFixed(1)} h`;
}

function fixed(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}
