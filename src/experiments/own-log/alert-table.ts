// All alerts behind the fit as rows; where there are none, the windows that came nearest.
import type { WindowRow } from '../../core/score-window.js';
import type { Row } from '../notebook/row.js';
import type { Alert } from './alerts-of-rows.js';

const NEAREST = 5;

export function alertTable(alerts: readonly Alert[], rows: readonly WindowRow[]): readonly Row[] {
  if (alerts.length > 0)
    return alerts.map(({ source, sinceMs, untilMs, peakScore, explanation }) => ({
      since: iso(sinceMs),
      until: iso(untilMs),
      source,
      'highest score': peakScore,
      'strongest feature': explanation?.features[0]?.feature ?? null,
      'first template': explanation?.templates[0]?.text ?? null,
    }));
  return [...rows]
    .sort((a, b) => b.score - a.score || a.startMs - b.startMs)
    .slice(0, NEAREST)
    .map(({ source, startMs, endMs, records, score, threshold }) => ({
      'no alert, nearest': iso(startMs),
      until: iso(endMs),
      source,
      records,
      score,
      threshold,
    }));
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}
