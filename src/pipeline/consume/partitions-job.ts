// What reading a partitioned topic takes, and what it comes to.
import type { Artifact } from '../../core/artifact.js';
import type { ConsumeObserver } from '../health/consume-status.js';
import type { StageTelemetry } from '../latency/telemetry.js';
import type { PartitionGroup } from '../partitions/partition-group.js';
import type { AlertSink, Clock, DeadLetterSink, ResultStore } from '../ports.js';
import type { ConsumeJob, ConsumeSummary } from './consume.js';
import type { StreamCounts } from './counts.js';

export interface PartitionsJob extends Pick<
  ConsumeJob,
  'shadows' | 'decodeModel' | 'courier' | 'hasCanary' | 'retention'
> {
  readonly artifact: Omit<Artifact, 'probe'>;
  readonly group: PartitionGroup;
  readonly store: ResultStore;
  readonly sinks: readonly AlertSink[];
  readonly deadLetters?: DeadLetterSink | undefined;
  readonly clock: Clock;
  /** Stops cleanly: open windows stay open for whoever gets the partitions next. */
  readonly signal: AbortSignal;
  /** Read to the end that each partition has now, close every window, and be done; for the only member of a group. */
  readonly untilEnd: boolean;
  /** How much of history a crash may make it read again. */
  readonly commitEveryMs?: number | undefined;
  readonly telemetry?: StageTelemetry | undefined;
  /** For health checks and metrics. */
  readonly observer?: ConsumeObserver | undefined;
  readonly hooks?: PartitionsHooks;
}

export interface PartitionsHooks {
  readonly onWarning?: (sentence: string) => void;
  /** What a person may want to know: which partitions are held, or that there are none. */
  readonly onNotice?: (sentence: string) => void;
  /** After each commit of any partition. */
  readonly onCommit?: (partition: number, counts: StreamCounts) => void;
}

export interface PartitionsSummary extends Omit<ConsumeSummary, 'streamId' | 'speakers'> {
  readonly topic: string;
  /** Those held at the end, which the counts are of. */
  readonly partitions: readonly number[];
  /** How often the group has met. */
  readonly rebalances: number;
  /** How often another process turned out to own what this one was writing. */
  readonly fenced: number;
  /** Sources that came in more than one partition. */
  readonly splitSources: number;
  /** Sources that came from another partition, of a topic that grew, with all that was known of them. */
  readonly movedSources: number;
}
