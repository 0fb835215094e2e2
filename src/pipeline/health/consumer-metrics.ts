// What a consumer shows to Prometheus, under the names that the field's dashboards look for.
import type { ConsumeState, RunTotals } from './consume-status.js';
import type { Histogram } from '../latency/histogram.js';
import { bucketSamples } from './bucket-samples.js';
import { type FurtherFigures, furtherMetrics } from './further-metrics.js';
import type { MetricFamily, MetricSample } from './metrics-text.js';
import { clocksOf, type Stage, STAGES } from '../latency/stages.js';
import { type StageTelemetry } from '../latency/telemetry.js';

/** Of the process and its clock. */
export interface ProcessFigures {
  readonly nowMs: number;
  /** User and system time of all threads. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

const MS_PER_S = 1000;
/** Upper ends of the buckets, seconds: from a batch's scoring to a window that waits for its lateness. */
const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

const TOTAL_FAMILIES: readonly (readonly [keyof RunTotals, name: string, help: string])[] = [
  ['read', 'loghorn_records_read_total', 'Records read and stored as such, by this process.'],
  ['scored', 'loghorn_records_scored_total', 'Records counted into a window.'],
  ['late', 'loghorn_records_late_total', 'Records that came after their window could be corrected.'],
  ['deadLettered', 'loghorn_records_dead_lettered_total', 'Lines that no window could take, kept aside.'],
  ['lost', 'loghorn_lost_records_total', 'Messages that the topic no longer held when they were asked for.'],
  ['windows', 'loghorn_windows_total', 'Windows shown for the first time.'],
  ['corrections', 'loghorn_window_corrections_total', 'Windows shown again after late records.'],
  ['alertsOpened', 'loghorn_alerts_opened_total', 'Alerts opened.'],
];

export function consumerMetrics(
  { totals, watermarksMs, streams }: ConsumeState,
  telemetry: Pick<StageTelemetry, 'histogram' | 'skewHistogram'>,
  { nowMs, cpuSeconds, residentBytes }: ProcessFigures,
  further: FurtherFigures = {},
): readonly MetricFamily[] {
  const seen = STAGES.filter((stage) => telemetry.histogram(stage).count() > 0);
  const skewed = STAGES.filter((stage) => telemetry.skewHistogram(stage).count() > 0);
  return [
    ...TOTAL_FAMILIES.map(([name, family, help]): MetricFamily => ({
      name: family,
      help,
      type: 'counter',
      samples: [{ value: totals[name] }],
    })),
    {
      name: 'loghorn_streams_owned',
      help: 'Streams that this process scores: partitions, or one of anything else.',
      type: 'gauge',
      samples: [{ value: streams.length }],
    },
    {
      name: 'process_cpu_seconds_total',
      help: 'User and system processor time of the process.',
      type: 'counter',
      samples: [{ value: cpuSeconds }],
    },
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory of the process.',
      type: 'gauge',
      samples: [{ value: residentBytes }],
    },
    ...furtherMetrics(further, nowMs),
    {
      name: 'loghorn_watermark_lag_seconds',
      help: "Wall clock less the greatest event time stored of a source; negative of a source's clock that is ahead.",
      type: 'gauge',
      samples: [...watermarksMs].map(([source, eventTimeMs]) => ({
        labels: { source },
        value: (nowMs - eventTimeMs) / MS_PER_S,
      })),
    },
    {
      name: 'loghorn_stage_latency_seconds',
      help: 'How long each stage took, of live data.',
      type: 'histogram',
      samples: seen.flatMap((stage) => histogramSamples(stage, telemetry.histogram(stage))),
    },
    {
      name: 'loghorn_clock_skew_seconds',
      help: 'By how much the clock at the end of a stage was behind the one at its beginning, where it was.',
      type: 'histogram',
      samples: skewed.flatMap((stage) => {
        const [from, to] = clocksOf(stage);
        return histogramSamples(stage, telemetry.skewHistogram(stage), { ahead: from, behind: to });
      }),
    },
  ];
}

function histogramSamples(
  stage: Stage,
  histogram: Histogram,
  more: Readonly<Record<string, string>> = {},
): readonly MetricSample[] {
  return bucketSamples({ stage, ...more }, histogram, BUCKETS_S);
}
