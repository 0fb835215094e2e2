// Since when the service of an alert deviated, looked up once for each alert: scores rise before they reach the threshold.
import { deviationStartMs, raisedScore } from '../../../core/incident.js';
import type { AlertRecord } from '../reader.js';
import type { DashboardData } from './dashboard-data.js';

/** Windows that are looked back over. */
const LOOK_BACK_WINDOWS = 20;
const MOST_KEPT = 10_000;

/** @returns start of the first raised window that leads into the alert, ms */
export type Deviations = (record: AlertRecord) => Promise<number>;

export function createDeviations({ store, shelf }: Pick<DashboardData, 'store' | 'shelf'>): Deviations {
  const kept = new Map<string, number>();
  return async ({ artifact, alert }) => {
    const { alertId, source, threshold } = alert;
    const sinceMs = alert.episodeMs ?? alert.sinceMs;
    // an alert that turned out to have begun earlier, or came back, is looked up again
    const id = `${alertId} ${sinceMs}`;
    const known = kept.get(id);
    if (known !== undefined) return known;
    const { hopMs } = await shelf.windowOf(artifact);
    const before = await store.windows({
      artifact,
      source,
      fromMs: sinceMs - LOOK_BACK_WINDOWS * hopMs,
      toMs: sinceMs,
    });
    const deviatedMs = deviationStartMs(sinceMs, before, { hopMs, raisedFrom: raisedScore(threshold) });
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(id, deviatedMs);
    return deviatedMs;
  };
}
