// Offsets for other tools to see how far a consumer is. The store's position is the one that counts, so that one which does
// not arrive, or comes from a consumer that has just lost its partition, does not matter.
import type { Clock } from '../ports.js';
import type { PartitionGroup } from './partition-group.js';

export interface OffsetAdvice {
  /** What was stored reaches so far: told soon, also when nothing follows. */
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
  let pause: AbortController | undefined;
  const flush = async (): Promise<void> => {
    pause?.abort();
    pause = undefined;
    if (offset !== undefined) await group.commitOffset(partition, offset).catch(() => {});
  };
  return {
    note: (to) => {
      offset = to;
      if (pause !== undefined) return;
      const own = new AbortController();
      pause = own;
      void clock.sleep(EVERY_MS, own.signal).then(() => (own.signal.aborted ? undefined : flush()));
    },
    flush,
  };
}
