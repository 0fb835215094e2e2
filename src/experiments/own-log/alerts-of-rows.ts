// The alerts that a stream would have raised for these windows, by the very rules that it has: one for each run of
// alerting windows.
import type { Explanation } from '../../core/alert.js';
import { createAlertLife } from '../../core/alert-life.js';
import type { Artifact } from '../../core/artifact.js';
import type { WindowRow } from '../../core/score-window.js';

export interface Alert {
  readonly source: string;
  readonly sinceMs: number;
  /** End of its last alerting window, the hold included. */
  readonly untilMs: number;
  readonly peakScore: number;
  /** Of its strangest window. */
  readonly explanation: Explanation | undefined;
}

/**
 * @param rows final ones, each source's in order of time
 * @returns by start, then source
 */
export function alertsOfRows(rows: readonly WindowRow[], artifact: Artifact): readonly Alert[] {
  const { windowMs, hopMs, correctionMs } = artifact.spec.window;
  const alerts = new Map<string, Alert>();
  const life = createAlertLife({ artifactName: artifact.name, windowMs, hopMs, correctionMs });
  const openOf = new Map<string, string>();
  /** Score of the window that explains an alert, by its id. */
  const explainedScores = new Map<string, number>();
  for (const row of rows) {
    life.onRow(row, ({ type, alertId, source, sinceMs, untilMs, peakScore }) => {
      if (type === 'resolved') openOf.delete(source);
      else openOf.set(source, alertId);
      const explanation = alerts.get(alertId)?.explanation;
      alerts.set(alertId, { source, sinceMs, untilMs, peakScore, explanation });
    });
    const alertId = openOf.get(row.source);
    if (alertId === undefined || !row.alert) continue;
    const alert = alerts.get(alertId)!;
    const isPeak = row.score > (explainedScores.get(alertId) ?? -1);
    if (isPeak) explainedScores.set(alertId, row.score);
    alerts.set(alertId, {
      ...alert,
      untilMs: Math.max(alert.untilMs, row.endMs),
      peakScore: Math.max(alert.peakScore, row.score),
      explanation: isPeak ? row.explanation : alert.explanation,
    });
  }
  return [...alerts.values()].sort((a, b) => a.sinceMs - b.sinceMs || (a.source < b.source ? -1 : 1));
}
