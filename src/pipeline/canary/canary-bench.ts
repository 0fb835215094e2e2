// The judge's place in the store: a stream of its own for each artifact, with what it knows and the alerts that come of it.
import { createOutbox } from '../alerts/outbox.js';
import { createCounter } from '../consume/counts.js';
import { createTelemetry } from '../latency/telemetry.js';
import type { AlertSink, Clock, ResultStore } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import type { Courier } from '../sinks/courier.js';
import type { CanaryState, Verdict } from './canary-judge.js';
import { CANARY_STREAM } from './canary-stream.js';

export interface BenchOptions {
  readonly store: ResultStore;
  readonly sinks: readonly AlertSink[];
  readonly courier?: Pick<Courier, 'attach'> | undefined;
  readonly clock: Clock;
  readonly onWarning: (sentence: string) => void;
}

export interface CanaryBench {
  /** As whoever sat there last left it. */
  readonly found: CanaryState | undefined;
  /** Stores the state and the events together. @throws FencedError when another process sits there now */
  keep(verdict: Pick<Verdict, 'state' | 'events'>): Promise<void>;
  /** Sends what was stored to the sinks of this process. @param liveSinceMs what ended before is history */
  deliver(liveSinceMs: number): Promise<void>;
  /** Sends to sinks elsewhere what can be sent in little time; afterwards it is not used any more. */
  release(): Promise<void>;
}

/** Takes it from whoever has it. */
export async function takeBench(
  artifact: ArtifactKey,
  featureNames: readonly string[],
  { store, sinks, courier, clock, onWarning }: BenchOptions,
): Promise<CanaryBench> {
  const key = { streamId: CANARY_STREAM, artifact };
  const owner = await store.takeOver(key, featureNames);
  const outbox = createOutbox(owner, sinks, clock, createTelemetry(), onWarning);
  const post = courier?.attach({ key, box: owner, isLive: () => true });
  return {
    found: owner.state.position as CanaryState | undefined,
    keep: async ({ state, events }) => {
      const commitTimeMs = clock.nowMs();
      await owner.commit({
        position: state,
        counts: createCounter().counts(0),
        sources: [],
        windows: [],
        alerts: events,
        deliveries: post?.deliveriesOf(events, commitTimeMs),
        deadLetters: [],
        commitTimeMs,
      });
      if (events.length === 0) return;
      outbox.note({ alerts: events, alertRows: new Map(), commitTimeMs }, clock.nowMs());
      post?.wake();
    },
    deliver: async (liveSinceMs) => {
      await outbox.deliver(liveSinceMs);
    },
    release: async () => {
      await post?.release();
    },
  };
}

/** @returns what is known at the artifact's place, without taking it */
export async function lookAtBench(
  store: Pick<ResultStore, 'streamPositions'>,
  artifact: ArtifactKey,
): Promise<CanaryState | undefined> {
  const positions = await store.streamPositions(artifact);
  return positions.find(({ streamId }) => streamId === CANARY_STREAM)?.position as CanaryState | undefined;
}
