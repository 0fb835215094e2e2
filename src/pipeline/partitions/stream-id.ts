// What the store calls a partition, and what follows from it.
import { OTHER_SOURCE } from '../../core/window/window-spec.js';

export function streamIdOfPartition(topic: string, partition: number): string {
  return `kafka:${topic}/${partition}`;
}

/** Undefined where the stream is no partition of that topic. */
export function partitionOfStream(topic: string, streamId: string): number | undefined {
  const before = streamIdOfPartition(topic, 0).slice(0, -1);
  const digits = streamId.startsWith(before) ? streamId.slice(before.length) : '';
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}

/**
 * What sources beyond the cap are counted under: each partition has other ones, and windows are stored by artifact, source
 * and start.
 */
export function otherSourceOf(streamId: string): string {
  const partition = /^kafka:.*\/(\d+)$/s.exec(streamId)?.[1];
  return partition === undefined ? OTHER_SOURCE : `(other of partition ${partition})`;
}
