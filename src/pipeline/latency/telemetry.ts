// How long each stage took, as quantiles, for live data and for what was back-filled apart: a record that was logged
// yesterday and read today says nothing about how quick the way is. Negative durations are clocks that disagree.
import { createHistogram, type Histogram } from './histogram.js';
import type { Telemetry } from '../ports.js';
import { isSinceEvent, type Stage, STAGES } from './stages.js';

/** Milliseconds. */
export interface Durations {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Of the durations that were not negative. */
export interface StageTimes extends Durations {
  /** The negative ones, by their size: by how much the clock of the stage's end was behind that of its beginning. */
  readonly skew?: Durations;
}

/** Only stages that were seen. */
export type StageReport = Readonly<Partial<Record<Stage, StageTimes>>>;

export interface StageTelemetry extends Telemetry {
  live(): StageReport;
  /** Without the stages that compare the event's time with the clock. */
  backfill(): StageReport;
  /** Of the live durations; values are microseconds. */
  histogram(stage: Stage): Histogram;
  /** Of the live durations: by how many microseconds those that were negative were. */
  skewHistogram(stage: Stage): Histogram;
}

interface Measured {
  readonly times: Histogram;
  readonly skew: Histogram;
}

export const US_PER_MS = 1000;

export function createTelemetry(): StageTelemetry {
  const make = (): Map<Stage, Measured> =>
    new Map(STAGES.map((stage) => [stage, { times: createHistogram(), skew: createHistogram() }]));
  const live = make();
  const backfill = make();
  return {
    observe: (stage, isLive, durationMs, times) => {
      if (!isLive && isSinceEvent(stage)) return;
      const measured = (isLive ? live : backfill).get(stage)!;
      if (durationMs >= 0) measured.times.record(durationMs * US_PER_MS, times);
      else measured.skew.record(-durationMs * US_PER_MS, times);
    },
    live: () => reportOf(live),
    backfill: () => reportOf(backfill),
    histogram: (stage) => live.get(stage)!.times,
    skewHistogram: (stage) => live.get(stage)!.skew,
  };
}

function reportOf(measured: ReadonlyMap<Stage, Measured>): StageReport {
  const report: Partial<Record<Stage, StageTimes>> = {};
  for (const [stage, { times, skew }] of measured) {
    if (times.count() + skew.count() === 0) continue;
    report[stage] = {
      ...durationsOf(times),
      ...(skew.count() > 0 ? { skew: durationsOf(skew) } : {}),
    };
  }
  return report;
}

function durationsOf(histogram: Histogram): Durations {
  const at = (share: number): number => roundMs(histogram.quantile(share) / US_PER_MS);
  return {
    count: histogram.count(),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: roundMs(histogram.max() / US_PER_MS),
  };
}

/** To the microsecond. */
function roundMs(durationMs: number): number {
  return Math.round(durationMs * US_PER_MS) / US_PER_MS;
}
