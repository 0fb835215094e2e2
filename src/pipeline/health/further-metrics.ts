// What a consumer shows to Prometheus beside its own counts, where it has it: the lag of its group, the canary, what was
// deleted because it was old, and the way of alerts to their sinks.
import type { CanaryFigures } from '../canary/canary-figures.js';
import type { PrunedCounts } from '../retention/prune.js';
import type { SinkSummary } from '../sinks/delivery.js';
import { bucketSamples } from './bucket-samples.js';
import type { MetricFamily } from './metrics-text.js';

/** Of one consumer group on one topic. */
export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  /** By partition: messages that the topic has and the store does not reflect yet. */
  readonly messages: ReadonlyMap<number, number>;
}

/** What not every consumer has. */
export interface FurtherFigures {
  /** Undefined where there is no group, or the broker does not answer. */
  readonly lag?: GroupLag | undefined;
  /** Undefined where none is expected. */
  readonly canary?: CanaryFigures | undefined;
  /** Undefined where everything is kept. */
  readonly pruned?: PrunedCounts | undefined;
  /** Undefined where there are none, or the store does not answer. */
  readonly sinks?: readonly SinkSummary[] | undefined;
}

const MS_PER_S = 1000;
/** Of the canary: from one window to a silence that was told late. */
const CANARY_BUCKETS_S = [15, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600];

export function furtherMetrics(
  { lag, canary, pruned, sinks }: FurtherFigures,
  nowMs: number,
): readonly MetricFamily[] {
  return [
    ...(lag === undefined ? [] : [lagFamily(lag)]),
    ...(canary === undefined ? [] : canaryFamilies(canary)),
    ...(pruned === undefined ? [] : [prunedFamily(pruned)]),
    ...(sinks === undefined ? [] : sinkFamilies(sinks, nowMs)),
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

function sinkFamilies(sinks: readonly SinkSummary[], nowMs: number): readonly MetricFamily[] {
  return [
    {
      name: 'loghorn_sink_deliveries',
      help: 'Alert events of the whole store that wait for a sink, that it got, and that were given up; old ones are deleted.',
      type: 'gauge',
      samples: sinks.flatMap(({ sink, waiting, sent, givenUp }) =>
        Object.entries({ waiting, sent, 'given-up': givenUp }).map(([state, value]) => ({
          labels: { sink, state },
          value,
        })),
      ),
    },
    {
      name: 'loghorn_sink_oldest_waiting_seconds',
      help: 'For how long the oldest alert event that waits for a sink has been stored; 0 where none waits.',
      type: 'gauge',
      samples: sinks.map(({ sink, oldestWaitingMs }) => ({
        labels: { sink },
        value: oldestWaitingMs === null ? 0 : (nowMs - oldestWaitingMs) / MS_PER_S,
      })),
    },
  ];
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
