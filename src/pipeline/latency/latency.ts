// How long each stage took for the windows and alerts that a store has: quantiles of the stamps that they carry.
import type { AlertWayQuery, ResultStore, StoredWindow } from '../ports.js';
import { windowsInPages } from '../store/windows-in-pages.js';
import type { Stage } from './stages.js';
import { alertStages, type StageDurations, windowStages } from './stamps.js';
import { createTelemetry, type StageReport } from './telemetry.js';

export interface LatencyReport {
  readonly windows: {
    readonly live: number;
    /** Those that were closed already when the stream had caught up with its input. */
    readonly backfill: number;
    /** Of an earlier version of the store: in no stage. */
    readonly unstamped: number;
  };
  /** Events of alerts that were sent by the run that made them. */
  readonly alertEvents: { readonly live: number; readonly backfill: number };
  /** Milliseconds. */
  readonly live: StageReport;
  /** Milliseconds, without the stages that compare when something was logged with the present. */
  readonly backfill: StageReport;
}

/** Of windows that start in the queries' ranges, as they finally are, and of the alerts that came of them. */
export async function reportLatency(
  store: Pick<ResultStore, 'windows' | 'alertWays'>,
  ...queries: readonly AlertWayQuery[]
): Promise<LatencyReport> {
  const telemetry = createTelemetry();
  const observe = (stages: StageDurations, isLive: boolean): void => {
    for (const [stage, durationMs] of Object.entries(stages) as [Stage, number][])
      telemetry.observe(stage, isLive, durationMs);
  };
  const windows = { live: 0, backfill: 0, unstamped: 0 };
  const alertEvents = { live: 0, backfill: 0 };
  const noteWindow = (row: StoredWindow): void => {
    const { endMs, eligibleTimeMs, scoredTimeMs, commitTimeMs, revision, stamps } = row;
    if (stamps === undefined || commitTimeMs === undefined) {
      windows.unstamped++;
      return;
    }
    windows[stamps.isLive ? 'live' : 'backfill']++;
    const way = { ...stamps, endMs, eligibleTimeMs, scoredTimeMs, commitTimeMs };
    const { endToEligible, ...stages } = windowStages(way);
    // a correction comes whenever a late record does: it says nothing about how soon windows close
    observe(revision === 0 ? { ...stages, endToEligible: endToEligible! } : stages, stamps.isLive);
  };
  for (const query of queries) {
    for await (const row of windowsInPages(store, { ...query, stamps: true })) noteWindow(row);
    for (const way of await store.alertWays(query)) {
      alertEvents[way.isLive ? 'live' : 'backfill']++;
      observe(alertStages(way), way.isLive);
    }
  }
  return { windows, alertEvents, live: telemetry.live(), backfill: telemetry.backfill() };
}
