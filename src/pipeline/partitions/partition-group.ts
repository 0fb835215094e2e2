// What the consumer of a partitioned topic needs of the client: to be told which partitions are its own, to get their
// messages, to hold them back, and to go on from wherever it says. Kafka behind it, or a list of messages in a test.
import type { IncomingMessage } from '../kafka/kafka-message.js';

/** A message as the client gives it. */
export interface PartitionMessage extends IncomingMessage {
  /** Decimal text of up to 2^53. */
  readonly offset: string;
  /** As the broker has it, ms since epoch as text. */
  readonly timestamp: string;
}

/** Messages of one partition in a row, with nothing left out between them that can still be read. */
export interface PartitionBatch {
  readonly partition: number;
  /** May be empty: markers of transactions take offsets, too. */
  readonly messages: readonly PartitionMessage[];
  /** Of the first message, or of the marker before it. */
  readonly firstOffset: number;
  /** Behind the last message and what follows it unseen. */
  readonly nextOffset: number;
  /** Behind the last message that the broker had when it sent these. */
  readonly highWatermark: number;
  /** When this process got them, ms since epoch by its own clock. */
  readonly receivedTimeMs: number;
  /** Whether the messages' timestamps are the broker's own, from when it took them. */
  readonly isAppendTime?: boolean;
}

/** What a broker still holds of a partition: `[lowOffset, highOffset)`. */
export interface OffsetRange {
  readonly lowOffset: number;
  readonly highOffset: number;
}

export interface Assignment {
  /** Of this member; all of them are paused until told otherwise. */
  readonly partitions: readonly number[];
  /** The group has one leader: which of several members stays when only one may run. */
  readonly isLeader: boolean;
}

/** None of these may throw. */
export interface GroupListener {
  /** The group has met anew: what is not named any more belongs to another member. */
  onAssigned(assignment: Assignment): void;
  onBatch(batch: PartitionBatch): void;
  onWarning(sentence: string): void;
  /** It will not come back by itself. */
  onFailed(error: Error): void;
}

/** One member of a consumer group that reads one topic. */
export interface PartitionGroup {
  readonly topic: string;
  /** A member that was not heard of for so long is out, ms. */
  readonly sessionTimeoutMs: number;
  /** Resolves once the client runs. @throws Error that says what to do about a topic or broker that is not there */
  start(listener: GroupListener): Promise<void>;
  /** Of all partitions of the topic. */
  offsets(): Promise<ReadonlyMap<number, OffsetRange>>;
  /** How many partitions the topic has at this moment. */
  partitionCount(): Promise<number>;
  /** Goes on, or back, to an offset, and fetches from there. Of no effect on partitions that are not this member's. */
  readFrom(partition: number, offset: number): void;
  pause(partition: number): void;
  resume(partition: number): void;
  /** For other tools to see how far this one is: nothing is ever read from it. May be lost. */
  commitOffset(partition: number, offset: number): Promise<void>;
  /** Leaves the group and comes back. */
  rejoin(): Promise<void>;
  /** Leaves the group; nothing is called after it. */
  stop(): Promise<void>;
}
