// What people said about the alerts of an artifact: its stored alerts, each with the verdict that stands.
import { kindOf } from '../../core/alert-kind.js';
import { CANARY_SOURCE, DETECTION_SOURCE } from '../../core/canary/canary-source.js';
import type { DashboardReader, TimeRange } from '../dashboard/reader.js';
import type { AlertNote, Desk, Verdict } from '../desk/desk.js';
import { standingVerdict } from '../desk/verdict.js';
import type { ArtifactKey } from '../stream-key.js';

export interface ToldAlert {
  readonly alertId: string;
  readonly source: string;
  /** Half open, ms: start of its first and end of its last alerting window. */
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly peakScore: number;
  readonly kind: string;
  /** Null where nobody judged. */
  readonly verdict: Verdict | null;
  /** Whose verdict it is; null where nobody judged. */
  readonly who: string | null;
}

export type JudgedAlert = ToldAlert & { readonly verdict: Verdict };

const MOST_ALERTS = 100_000;

/** Of all of these artifacts, by start and source; those of the canary are no alerts about anything. */
export async function readToldAlerts(
  reader: DashboardReader,
  desk: Desk,
  artifacts: readonly ArtifactKey[],
  range: TimeRange,
): Promise<readonly ToldAlert[]> {
  const notes = new Map<string, AlertNote[]>();
  for (const note of await desk.notes({}))
    notes.set(note.alertId, [...(notes.get(note.alertId) ?? []), note]);
  const told = new Map<string, ToldAlert>();
  for (const artifact of artifacts)
    for (const { alert, explanation } of await reader.alerts({ ...range, artifact, limit: MOST_ALERTS })) {
      const { alertId, source, sinceMs, untilMs, peakScore, reason } = alert;
      const { verdict = null, who = null } = standingVerdict(notes.get(alertId) ?? []) ?? {};
      if (source === CANARY_SOURCE || source === DETECTION_SOURCE) continue;
      // what was taken back and never judged is no alert any more
      if (reason === 'retracted' && verdict === null) continue;
      told.set(alertId, {
        alertId,
        source,
        sinceMs,
        untilMs,
        peakScore,
        kind: kindOf(explanation),
        verdict,
        who,
      });
    }
  return [...told.values()].sort((a, b) => a.sinceMs - b.sinceMs || (a.source < b.source ? -1 : 1));
}

export function isJudged(alert: ToldAlert): alert is JudgedAlert {
  return alert.verdict !== null;
}

/** `not-mine` is no false alert: it was right, and for somebody else. */
export function isRight({ verdict }: Pick<ToldAlert, 'verdict'>): boolean {
  return verdict === 'real' || verdict === 'not-mine';
}
