// What a consumer tells of itself in the store while it runs, so that a dashboard knows it lives and how it does. The store
// may be away: a heartbeat that fails is told once and never holds up the scoring.
import { randomUUID } from 'node:crypto';
import type { DashboardReader, Heartbeat } from '../dashboard/reader.js';
import {
  addPackedStages,
  packedDurations,
  packHistogram,
  type PackedHistogram,
} from '../latency/packed-histogram.js';
import { STAGES } from '../latency/stages.js';
import { createTelemetry, type StageTelemetry } from '../latency/telemetry.js';
import type { PartitionGroup } from '../partitions/partition-group.js';
import { within } from '../partitions/within.js';
import type { Clock } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { type ConsumeObserver, createConsumeStatus, OTHER_SOURCES } from './consume-status.js';
import { groupLag } from './group-lag.js';
import { teeTelemetry } from './tee.js';

export interface Heartbeats {
  /** For the loops. */
  readonly observer: ConsumeObserver;
  /** The same telemetry, from which the beats have the times since the one before. */
  listenTo(telemetry: StageTelemetry): StageTelemetry;
  /** Lag is then told, and whether the broker answers. @param address as people write it */
  watchGroup(address: string, name: string, group: Pick<PartitionGroup, 'topic' | 'offsets'>): void;
  /** @param isEnded its input was over, or it was told to stop: this is told as the last beat; a failure is not */
  stop(isEnded: boolean): Promise<void>;
}

export interface HeartbeatOptions {
  readonly artifact: ArtifactKey;
  readonly clock: Clock;
  readonly beat: DashboardReader['beat'];
  readonly residentBytes: () => number;
  readonly onWarning: (sentence: string) => void;
}

export const BEAT_EVERY_MS = 10_000;
const MOST_SOURCES = 1000;
const ASK_WITHIN_MS = 2000;
/** For the last one: nobody waits longer for it. */
const LAST_WITHIN_MS = 2000;
const MINUTE_MS = 60_000;

export function startHeartbeats(options: HeartbeatOptions): Heartbeats {
  const { clock, onWarning } = options;
  const { name, version } = options.artifact;
  const status = createConsumeStatus(clock, MOST_SOURCES);
  const consumerId = randomUUID();
  const startedMs = clock.nowMs();
  const done = new AbortController();
  let recent = createTelemetry();
  /** Of the minute that the last beat fell into. */
  let minute: { readonly number: number; readonly stages: Readonly<Record<string, PackedHistogram>> } = {
    number: 0,
    stages: {},
  };
  /** The last that were read: at the end none is any more. */
  let streamIds: readonly string[] = [];
  let isFailing = false;
  let watched: { readonly address: string; readonly ask: () => Promise<number> } | undefined;

  const lagNow = async (): Promise<Pick<Heartbeat, 'lag' | 'broker'>> => {
    if (watched === undefined) return { lag: null, broker: null };
    const { address, ask } = watched;
    let lag: number | null = null;
    await within(
      ASK_WITHIN_MS,
      clock,
      ask().then((messages) => (lag = messages)),
    );
    return { lag, broker: { address, isReachable: lag !== null } };
  };

  const beat = async (state: Heartbeat['state']): Promise<void> => {
    const { streams, totals, watermarksMs } = status.state();
    if (state === 'running' || streams.length > 0) streamIds = streams.map(({ streamId }) => streamId);
    const atMs = clock.nowMs();
    const added = packedStagesOf(recent);
    recent = createTelemetry();
    const number = Math.floor(atMs / MINUTE_MS);
    minute = { number, stages: number === minute.number ? addPackedStages(minute.stages, added) : added };
    const sources = [...watermarksMs].filter(([source]) => source !== OTHER_SOURCES);
    try {
      await options.beat({
        consumerId,
        atMs,
        startedMs,
        state,
        streams: streamIds,
        artifact: { name, version },
        read: totals.read,
        scored: totals.scored,
        late: totals.late,
        setAside: totals.deadLettered,
        ...(await lagNow()),
        watermarkMs: sources.length === 0 ? null : Math.max(...sources.map(([, timeMs]) => timeMs)),
        residentBytes: options.residentBytes(),
        stages: Object.fromEntries(
          Object.entries(minute.stages).map(([stage, packed]) => [stage, packedDurations(packed)]),
        ),
        added,
        sources: Object.fromEntries(sources),
      });
      isFailing = false;
    } catch (error) {
      if (!isFailing)
        onWarning(`the dashboard is not told how this consumer does: ${(error as Error).message}`);
      isFailing = true;
    }
  };

  const run = async (): Promise<void> => {
    while (!done.signal.aborted) {
      await beat('running');
      await clock.sleep(BEAT_EVERY_MS, done.signal);
    }
  };
  const running = run();

  return {
    observer: status,
    listenTo: (telemetry) =>
      teeTelemetry(telemetry, { observe: (...measured) => recent.observe(...measured) }),
    watchGroup: (address, groupName, group) => {
      const ask = async (): Promise<number> => {
        const { messages } = groupLag(groupName, group, await group.offsets(), status.state());
        return [...messages.values()].reduce((sum, each) => sum + each, 0);
      };
      watched = { address, ask };
    },
    stop: async (isEnded) => {
      done.abort();
      const end = running.then(async () => (isEnded ? beat('ended') : undefined));
      await within(LAST_WITHIN_MS, clock, end);
    },
  };
}

function packedStagesOf(telemetry: StageTelemetry): Record<string, PackedHistogram> {
  return Object.fromEntries(
    STAGES.flatMap((stage) => {
      const histogram = telemetry.histogram(stage);
      return histogram.count() === 0 ? [] : [[stage, packHistogram(histogram)] as const];
    }),
  );
}
