// Whether a consumer is alive and ready, and why not: what an orchestrator asks before it sends work or starts anew.
import type { ConsumeState } from './consume-status.js';
import { streamIdOfPartition } from '../partitions/stream-id.js';

export interface Readiness {
  readonly isReady: boolean;
  /** A sentence for a person. */
  readonly reason: string;
}

/** So long a commit may take, a store that is away and comes back included. */
const STORED_WITHIN_MS = 30_000;

/** @param topic of the group that it is in; undefined without one */
export function readinessOf(
  { assigned, streams, isStopping }: ConsumeState,
  topic: string | undefined,
  nowMs: number,
): Readiness {
  const no = (reason: string): Readiness => ({ isReady: false, reason });
  if (isStopping) return no('it is stopping');
  if (topic !== undefined && assigned === undefined) return no('it has not joined its consumer group yet');
  if (topic === undefined && streams.length === 0) return no('it has not taken over its stream yet');
  const missing = (assigned ?? []).filter((partition) => {
    const names = [streamIdOfPartition(topic!, partition), `kafka:${topic}`];
    return !streams.some(({ streamId }) => names.includes(streamId));
  });
  if (missing.length > 0) return no(`partition ${missing.join(', ')} is assigned and not taken over yet`);
  const stuck = streams.find(
    ({ waitsSinceMs }) => waitsSinceMs !== undefined && nowMs - waitsSinceMs > STORED_WITHIN_MS,
  );
  if (stuck !== undefined)
    return no(
      `what was read of ${stuck.streamId} ${Math.round((nowMs - stuck.waitsSinceMs!) / 1000)} s ago is not stored: look at the store`,
    );
  if (assigned?.length === 0) return { isReady: true, reason: 'spare: other consumers have all partitions' };
  return { isReady: true, reason: 'ready' };
}
