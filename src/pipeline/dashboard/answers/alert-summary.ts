// An alert as lists show it: what it is about, how grave it is, and what became of it.
import { headlineOf, kindOf, severityOf } from '../../../core/alert-kind.js';
import type { AlertState, AlertSummary } from '../api.js';
import type { AlertRecord } from '../reader.js';
import { type DeskView, isAcknowledged, isActive, isMatch, verdictOf } from './desk-view.js';

export function summarizeAlert(record: AlertRecord, desk: DeskView): AlertSummary {
  const { artifact, alert, explanation } = record;
  const state = stateOf(record, desk);
  const { alertId, source, sinceMs, episodeMs, untilMs, peakScore, threshold } = alert;
  return {
    alertId,
    artifact: { name: artifact.name, version: artifact.version },
    source,
    sinceMs,
    ...(episodeMs === undefined ? {} : { episodeMs }),
    untilMs,
    state,
    ...(state === 'silenced' && isAcknowledged(desk.notesOf(alertId)) ? { isAlsoAcknowledged: true } : {}),
    severity: severityOf({ peakScore, threshold, explanation }),
    kind: kindOf(explanation),
    peakScore,
    threshold,
    verdict: verdictOf(desk.notesOf(alertId)),
    headline: headlineOf(explanation),
  };
}

/** What is over needs nobody; what is silenced is not told of; what is acknowledged is in somebody's hands. */
function stateOf({ alert, explanation }: AlertRecord, desk: DeskView): AlertState {
  if (!alert.isOpen) return 'resolved';
  const isSilenced = desk.silences.some(
    (silence) =>
      isActive(silence, desk.nowMs) && isMatch(silence.match, { source: alert.source, explanation }),
  );
  if (isSilenced) return 'silenced';
  return isAcknowledged(desk.notesOf(alert.alertId)) ? 'acknowledged' : 'firing';
}
