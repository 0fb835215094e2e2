// How long each stage took, as quantiles, for live data and for what was back-filled apart: a record that was logged
// yesterday and read today says nothing about how quick the way is.
import { createHistogram, type Histogram } from './histogram.js';
import { type Stage, STAGES, type Telemetry } from './ports.js';

/** Milliseconds. */
export interface StageTimes {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Only stages that were seen. */
export type StageReport = Readonly<Partial<Record<Stage, StageTimes>>>;

export interface StageTelemetry extends Telemetry {
  live(): StageReport;
  /** Without the stages that compare the event's time with the clock. */
  backfill(): StageReport;
}

const OF_BOTH_CLOCKS: ReadonlySet<Stage> = new Set(['eventToRead', 'endToEligible', 'eventToAlert']);
const US_PER_MS = 1000;

export function createTelemetry(): StageTelemetry {
  const make = (): Map<Stage, Histogram> => new Map(STAGES.map((stage) => [stage, createHistogram()]));
  const live = make();
  const backfill = make();
  return {
    observe: (stage, isLive, durationMs, times) => {
      if (isLive) live.get(stage)!.record(durationMs * US_PER_MS, times);
      else if (!OF_BOTH_CLOCKS.has(stage)) backfill.get(stage)!.record(durationMs * US_PER_MS, times);
    },
    live: () => reportOf(live),
    backfill: () => reportOf(backfill),
  };
}

function reportOf(histograms: ReadonlyMap<Stage, Histogram>): StageReport {
  const report: Partial<Record<Stage, StageTimes>> = {};
  for (const [stage, histogram] of histograms) {
    if (histogram.count() === 0) continue;
    const at = (share: number): number => roundMs(histogram.quantile(share) / US_PER_MS);
    report[stage] = {
      count: histogram.count(),
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
      max: roundMs(histogram.max() / US_PER_MS),
    };
  }
  return report;
}

/** To the microsecond. */
function roundMs(durationMs: number): number {
  return Math.round(durationMs * US_PER_MS) / US_PER_MS;
}
