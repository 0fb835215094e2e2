// Since when the service of an alert deviated, looked up once for each alert: scores rise before they reach the threshold.
import { deviationStartMs, raisedScore } from '../../../core/incident.js';
import type { AlertRecord } from '../reader.js';
import { spokenWindows } from './alert-windows.js';
import type { DashboardData } from './dashboard-data.js';

/** Windows that are looked back over. */
const LOOK_BACK_WINDOWS = 20;
const MOST_KEPT = 10_000;

/** @returns start of the first raised window that leads into the alert, ms */
export type Deviations = (record: AlertRecord) => Promise<number>;

export function createDeviations({ store, shelf }: Pick<DashboardData, 'store' | 'shelf'>): Deviations {
  const kept = new Map<string, number>();
  return async (record) => {
    const { artifact, alert } = record;
    const { alertId } = alert;
    const sinceMs = alert.episodeMs ?? alert.sinceMs;
    // an alert that turned out to have begun earlier, or came back, is looked up again
    const id = `${alertId} ${sinceMs}`;
    const known = kept.get(id);
    if (known !== undefined) return known;
    const { hopMs } = await shelf.windowOf(artifact);
    const fromMs = sinceMs - LOOK_BACK_WINDOWS * hopMs;
    const before = await spokenWindows(store, record, { fromMs, toMs: sinceMs });
    // it may have come back under another model: each window by the threshold that it was held to
    const raised = before.map(({ row }) => row).filter((row) => row.score >= raisedScore(row.threshold));
    const deviatedMs = deviationStartMs(sinceMs, raised, { hopMs, raisedFrom: 0 });
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(id, deviatedMs);
    return deviatedMs;
  };
}
