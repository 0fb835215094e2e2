// What a consumer shows to Prometheus, under the names that the field's dashboards look for.
import type { CanaryFigures } from '../canary/canary-figures.js';
import type { ConsumeState, RunTotals } from './consume-status.js';
import type { Histogram } from '../latency/histogram.js';
import type { MetricFamily, MetricSample } from './metrics-text.js';
import { clocksOf, type Stage, STAGES } from '../latency/stages.js';
import { type StageTelemetry, US_PER_MS } from '../latency/telemetry.js';
import type { PrunedCounts } from '../retention/prune.js';

/** Of one consumer group on one topic. */
export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  /** By partition: messages that the topic has and the store does not reflect yet. */
  readonly messages: ReadonlyMap<number, number>;
}

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

/** Of the canary: from one window to a silence that was told late. */
const CANARY_BUCKETS_S = [15, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600];

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

/**
 * @param lag undefined where there is no group, or the broker does not answer
 * @param canary undefined where none is expected
 * @param pruned undefined where everything is kept
 */
export function consumerMetrics(
  { totals, watermarksMs, streams }: ConsumeState,
  telemetry: Pick<StageTelemetry, 'histogram' | 'skewHistogram'>,
  lag: GroupLag | undefined,
  { nowMs, cpuSeconds, residentBytes }: ProcessFigures,
  canary?: CanaryFigures,
  pruned?: PrunedCounts,
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
    ...(lag === undefined ? [] : [lagFamily(lag)]),
    ...(canary === undefined ? [] : canaryFamilies(canary)),
    ...(pruned === undefined ? [] : [prunedFamily(pruned)]),
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

function canaryFamilies({ caught, missed, timeToDetect }: CanaryFigures): readonly MetricFamily[] {
  const counter = (name: string, help: string, value: number): MetricFamily => ({
    name: `loghorn_canary_${name}_total`,
    help,
    type: 'counter',
    samples: [{ value }],
  });
  return [
    counter('injected', 'Canary anomalies of which it is clear what became.', caught + missed),
    counter('caught', 'Canary anomalies that were told in time.', caught),
    counter('missed', 'Canary anomalies that were not told in time, or never came.', missed),
    {
      name: 'loghorn_canary_time_to_detect_seconds',
      help: 'From the first deviating record of a canary anomaly to the commit of its alert.',
      type: 'histogram',
      samples: bucketSamples({}, timeToDetect, CANARY_BUCKETS_S),
    },
  ];
}

function prunedFamily(pruned: PrunedCounts): MetricFamily {
  return {
    name: 'loghorn_deleted_rows_total',
    help: 'Rows of the results store that this process deleted because they were older than they are kept.',
    type: 'counter',
    samples: Object.entries(pruned).map(([kind, value]) => ({ labels: { kind }, value })),
  };
}

function lagFamily({ group, topic, messages }: GroupLag): MetricFamily {
  return {
    name: 'kafka_consumergroup_lag',
    help: 'Messages that the topic has and the store does not reflect yet.',
    type: 'gauge',
    samples: [...messages].map(([partition, value]) => ({
      labels: { group, topic, partition: String(partition) },
      value,
    })),
  };
}

function histogramSamples(
  stage: Stage,
  histogram: Histogram,
  more: Readonly<Record<string, string>> = {},
): readonly MetricSample[] {
  return bucketSamples({ stage, ...more }, histogram, BUCKETS_S);
}

/** @param histogram of microseconds */
function bucketSamples(
  labels: Readonly<Record<string, string>>,
  histogram: Histogram,
  bucketsS: readonly number[],
): readonly MetricSample[] {
  const usPerS = US_PER_MS * MS_PER_S;
  return [
    ...bucketsS.map((le) => ({
      suffix: '_bucket',
      labels: { ...labels, le: String(le) },
      value: histogram.countUpTo(le * usPerS),
    })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: histogram.count() },
    { suffix: '_sum', labels, value: histogram.sum() / usPerS },
    { suffix: '_count', labels, value: histogram.count() },
  ];
}
