// A message with where it comes from: what is kept of poison.
import type { SourceMessage } from '../ports.js';
import type { PartitionMessage } from './partition-group.js';

export function sourceMessageOf(
  topic: string,
  partition: number,
  { offset, timestamp, key, value, headers = {} }: PartitionMessage,
  isAppendTime: boolean,
): SourceMessage {
  return {
    topic,
    partition,
    offset: Number(offset),
    timestampMs: Number(timestamp),
    isAppendTime,
    key,
    value,
    headers,
  };
}
