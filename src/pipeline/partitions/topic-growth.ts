// Whether a topic has more partitions than when its results began: then most of its sources come in another one than before,
// and no record of a source may be scored in one partition before all of it that came in another one is.
import type { PartitionPosition } from './partition-source.js';
import type { StreamPosition } from './source-wish.js';
import { partitionOfStream } from './stream-id.js';

/** How many partitions the topic had when its results began, at the least, and has now. */
export interface Growth {
  readonly before: number;
  readonly now: number;
}

export interface TopicGrowth {
  /**
   * @param known partitions of the topic when the results of the caller's stream began; undefined when they begin now
   * @returns undefined when the question was given up
   */
  check(known?: number): Promise<Growth | undefined>;
}

/**
 * @param count asks the broker until it is answered; undefined when that is of no use any more
 * @param positions of all streams in the store: those of other processes, too, know how many partitions there were
 */
export function createTopicGrowth(
  topic: string,
  count: () => Promise<number | undefined>,
  positions: () => Promise<readonly StreamPosition[]>,
): TopicGrowth {
  let before = Infinity;
  return {
    check: async (known = Infinity) => {
      const now = await count();
      if (now === undefined) return undefined;
      before = Math.min(before, known, now);
      // once it is known to have grown the others cannot say more
      if (before === now) before = Math.min(before, ...partitionsIn(topic, await positions()));
      return { before, now };
    },
  };
}

function partitionsIn(topic: string, positions: readonly StreamPosition[]): number[] {
  return positions.flatMap(({ streamId, position }) =>
    partitionOfStream(topic, streamId) === undefined
      ? []
      : ((position as Partial<PartitionPosition> | null)?.partitions ?? []),
  );
}
