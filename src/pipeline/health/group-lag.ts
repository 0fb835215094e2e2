// How far a consumer is behind its topic: what the broker has less what the store reflects, of the partitions it reads.
import type { ConsumeState } from './consume-status.js';
import type { GroupLag } from './further-metrics.js';
import type { MergedPosition } from '../partitions/merged-source.js';
import type { OffsetRange, PartitionGroup } from '../partitions/partition-group.js';
import type { PartitionPosition } from '../partitions/partition-source.js';
import { streamIdOfPartition } from '../partitions/stream-id.js';

/** @param ranges that the topic has now */
export function groupLag(
  group: string,
  { topic }: Pick<PartitionGroup, 'topic'>,
  ranges: ReadonlyMap<number, OffsetRange>,
  { streams }: Pick<ConsumeState, 'streams'>,
): GroupLag {
  const messages = new Map<number, number>();
  for (const [partition, { lowOffset, highOffset }] of ranges) {
    const offset = storedOffset(topic, partition, streams);
    if (offset !== undefined) messages.set(partition, Math.max(0, highOffset - (offset ?? lowOffset)));
  }
  return { group, topic, messages };
}

/** Null of a partition of which nothing is stored; undefined of one that this process does not read. */
function storedOffset(
  topic: string,
  partition: number,
  streams: ConsumeState['streams'],
): number | null | undefined {
  const own = streams.find(({ streamId }) => streamId === streamIdOfPartition(topic, partition));
  if (own !== undefined) return (own.position as PartitionPosition | undefined)?.offset ?? null;
  const whole = streams.find(({ streamId }) => streamId === `kafka:${topic}`);
  if (whole === undefined) return undefined;
  const part = (whole.position as MergedPosition | undefined)?.[partition]?.position;
  return (part as PartitionPosition | null | undefined)?.offset ?? null;
}
