// The errors of an analysis as rows of a table, one an error: what a reader goes through before opening a card.
import type { Row } from '../notebook/row.js';
import type { ErrorAnalysis } from './error-analysis.js';
import { showDuration, showInstant, showSource } from './show-figures.js';

/** In the order of the cards. Times are UTC. */
export function missedRows({ missed }: ErrorAnalysis): readonly Row[] {
  return missed.map(({ label, peak, threshold, separation, falseAlertsADayToCatch, moved }) => ({
    kind: label.kind,
    strength: label.strength,
    'root service': label.rootService,
    began: showInstant(label.onsetMs),
    lasted: showDuration(label.endMs - label.startMs),
    'highest score': peak?.score ?? null,
    threshold,
    rank: separation,
    'false alerts a day to catch it': falseAlertsADayToCatch,
    'moved most': moved[0]?.feature ?? null,
  }));
}

/** In the order of the cards. Times are UTC. */
export function falseAlertRows({ falseAlerts }: ErrorAnalysis): readonly Row[] {
  return falseAlerts.map(({ source, startMs, peak, explanation, benign, nearest }) => ({
    service: showSource(source),
    began: showInstant(startMs),
    score: peak.score,
    records: peak.records,
    'harmless cause': benign[0]?.kind ?? null,
    'weighed most': explanation?.features[0]?.feature ?? null,
    'first template': explanation?.templates[0]?.text.slice(0, MAX_TEXT) ?? null,
    'spreads to the nearest healthy window': nearest?.distance ?? null,
  }));
}

const MAX_TEXT = 60;
