// A consumer's health over HTTP, put together: what the loops tell, how long stages take, and how far the group is behind.
import type { CanaryFigures } from '../canary/canary-figures.js';
import { consumerMetrics } from './consumer-metrics.js';
import type { GroupLag } from './further-metrics.js';
import { type ConsumeObserver, createConsumeStatus } from './consume-status.js';
import { groupLag } from './group-lag.js';
import { readinessOf } from './health.js';
import { type HealthServer, startHealthServer } from './health-server.js';
import { metricsText } from './metrics-text.js';
import type { PartitionGroup } from '../partitions/partition-group.js';
import { within } from '../partitions/within.js';
import type { PrunedCounts } from '../retention/prune.js';
import type { Clock } from '../ports.js';
import type { SinkSummary } from '../sinks/delivery.js';
import { createTelemetry, type StageTelemetry } from '../latency/telemetry.js';

export interface Health extends Pick<HealthServer, 'port' | 'close'> {
  /** For the loops. */
  readonly observer: ConsumeObserver;
  readonly telemetry: StageTelemetry;
  /** The canary is then told of. */
  watchCanary(figures: () => CanaryFigures): void;
  /** What is deleted because it is old is then told. */
  watchPruned(totals: () => PrunedCounts): void;
  /** What waits for the sinks, and what became of the rest, is then told: of the whole store, whoever sends it. */
  watchSinks(summaries: () => Promise<readonly SinkSummary[]>): void;
  /** Lag is then told, and to have joined belongs to being ready. */
  watchGroup(name: string, group: Pick<PartitionGroup, 'topic' | 'offsets'>): void;
}

/** Broker and store are asked at each scrape: one that does not answer must not hold up the rest. */
const ASK_WITHIN_MS = 2000;
const US_PER_S = 1_000_000;

/**
 * @param port on loopback; 0 takes a free one
 * @param signal of the consumer: once it aborts it is not ready any more
 * @throws Error when the port is taken
 */
export async function serveHealth(port: number, clock: Clock, signal: AbortSignal): Promise<Health> {
  const status = createConsumeStatus(clock);
  const telemetry = createTelemetry();
  let watched:
    | { readonly name: string; readonly group: Pick<PartitionGroup, 'topic' | 'offsets'> }
    | undefined;
  let canary: (() => CanaryFigures) | undefined;
  let pruned: (() => PrunedCounts) | undefined;
  let sinks: (() => Promise<readonly SinkSummary[]>) | undefined;
  signal.addEventListener('abort', () => status.onStopping(), { once: true });

  const lagNow = async (): Promise<GroupLag | undefined> => {
    if (watched === undefined) return undefined;
    const { name, group } = watched;
    let lag: GroupLag | undefined;
    const ask = async (): Promise<void> => {
      lag = groupLag(name, group, await group.offsets(), status.state());
    };
    await within(ASK_WITHIN_MS, clock, ask());
    return lag;
  };

  const sinksNow = async (): Promise<readonly SinkSummary[] | undefined> => {
    let summaries: readonly SinkSummary[] | undefined;
    const ask = async (): Promise<void> => {
      summaries = await sinks?.();
    };
    await within(ASK_WITHIN_MS, clock, ask());
    return summaries;
  };

  const server = await startHealthServer(port, {
    readiness: () => readinessOf(status.state(), watched?.group.topic, clock.nowMs()),
    metrics: async () => {
      const [lag, sinkSummaries] = [await lagNow(), await sinksNow()];
      const { user, system } = process.cpuUsage();
      const figures = {
        nowMs: clock.nowMs(),
        cpuSeconds: (user + system) / US_PER_S,
        residentBytes: process.memoryUsage.rss(),
      };
      return metricsText(
        consumerMetrics(status.state(), telemetry, figures, {
          lag,
          canary: canary?.(),
          pruned: pruned?.(),
          sinks: sinkSummaries,
        }),
      );
    },
  });
  return {
    ...server,
    observer: status,
    telemetry,
    watchCanary: (figures) => {
      canary = figures;
    },
    watchPruned: (totals) => {
      pruned = totals;
    },
    watchSinks: (summaries) => {
      sinks = summaries;
    },
    watchGroup: (name, group) => {
      watched = { name, group };
    },
  };
}
