// Offsets for other tools to see how far a consumer is. The store's position is the one that counts, so that one which does
// not arrive, or comes from a consumer that has just lost its partition, does not matter.
import type { Clock } from '../ports.js';
import type { PartitionGroup } from './partition-group.js';

export interface OffsetAdvice {
  /** What was stored reaches so far. */
  note(offset: number): void;
  /** Tells the last one; never rejects. */
  flush(): Promise<void>;
}

const EVERY_MS = 5000;

export function createOffsetAdvice(
  group: Pick<PartitionGroup, 'commitOffset'>,
  partition: number,
  clock: Clock,
): OffsetAdvice {
  let offset: number | undefined;
  let toldAtMs = clock.nowMs();
  const flush = async (): Promise<void> => {
    toldAtMs = clock.nowMs();
    if (offset !== undefined) await group.commitOffset(partition, offset).catch(() => {});
  };
  return {
    note: (to) => {
      offset = to;
      if (clock.nowMs() - toldAtMs >= EVERY_MS) void flush();
    },
    flush,
  };
}
