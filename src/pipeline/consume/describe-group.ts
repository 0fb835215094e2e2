// What a person is told about a consumer's part in its group.
import type { OffsetRange } from '../partitions/partition-group.js';

export function partitionsHeld(topic: string, partitions: readonly number[]): string {
  return partitions.length > 0
    ? `reading partitions ${[...partitions].sort((a, b) => a - b).join(', ')} of topic ${topic}`
    : `no partition of topic ${topic} is left for this consumer, the others have them all: it waits to step in`;
}

export function partitionsStuck(topic: string, partitions: readonly number[]): string {
  return `partitions ${partitions.join(', ')} of topic ${topic} are this consumer's by the group and another process's by the store: joining the group anew`;
}

/** @param ends of all partitions @param partitions that it got of them */
export function notAlone(
  topic: string,
  ends: ReadonlyMap<number, OffsetRange>,
  partitions: readonly number[],
): Error {
  return new Error(
    `--until-end closes the windows of all ${ends.size} partitions of topic ${topic} at one time and must be alone in its group, but others hold ${ends.size - partitions.length} of them: stop them, or give this one a --group and a --store of its own`,
  );
}
