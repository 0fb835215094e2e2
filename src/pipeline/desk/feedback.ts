// What people judged, one line an alert: the form in which feedback leaves the store.
import type { AlertRecord } from '../dashboard/reader.js';
import type { ArtifactKey } from '../stream-key.js';
import type { AlertNote, Verdict } from './desk.js';
import { standingVerdict } from './verdict.js';

export interface FeedbackLine {
  readonly alertId: string;
  readonly artifact: ArtifactKey;
  readonly source: string;
  /** Half open, ms: start of its first and end of its last alerting window. */
  readonly sinceMs: number;
  readonly untilMs: number;
  /** The one that stands. */
  readonly verdict: Verdict;
  readonly who: string;
  readonly atMs: number;
  /** What was said with it; empty where nothing was. */
  readonly text: string;
}

/** @param notes by sequence. @returns of those judged, by start and alert */
export function feedbackOf(
  alerts: readonly Pick<AlertRecord, 'artifact' | 'alert'>[],
  notes: readonly AlertNote[],
): FeedbackLine[] {
  const byAlert = new Map<string, AlertNote[]>();
  for (const note of notes) {
    const own = byAlert.get(note.alertId);
    if (own) own.push(note);
    else byAlert.set(note.alertId, [note]);
  }
  return alerts
    .flatMap(({ artifact, alert: { alertId, source, sinceMs, untilMs } }) => {
      const judged = standingVerdict(byAlert.get(alertId) ?? []);
      return judged === undefined ? [] : [{ alertId, artifact, source, sinceMs, untilMs, ...judged }];
    })
    .sort((a, b) => a.sinceMs - b.sinceMs || (a.alertId < b.alertId ? -1 : 1));
}
