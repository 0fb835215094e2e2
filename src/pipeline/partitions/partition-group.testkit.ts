// A broker that is a few lists, and members of its group that do what a real client does: start anew from the committed
// offset whenever the group meets, jump without a word when an offset is gone, and know nothing of being given up.
import type { GroupListener, OffsetRange, PartitionGroup, PartitionMessage } from './partition-group.js';

export interface FakeBroker {
  readonly topic: string;
  /** @param value null for a message without one */
  append(partition: number, value: string | null, key?: string, timestampMs?: number): void;
  /** A marker of a transaction: an offset without a message. */
  appendMarker(partition: number): void;
  /** Retention: what lies before the offset is gone. */
  deleteBefore(partition: number, offset: number): void;
  addPartition(): void;
  /** The partition is deleted and made anew, empty. */
  recreate(partition: number): void;
  committedOffset(partition: number): number | undefined;
  range(partition: number): OffsetRange;
  join(): FakeMember;
}

export interface FakeMember extends PartitionGroup {
  /** The group meets and gives this member these partitions, as far as it is told. */
  assign(partitions: readonly number[], isLeader?: boolean): void;
  /** How often it was told to join anew. */
  rejoins(): number;
  isPaused(partition: number): boolean;
  fail(error: Error): void;
}

/** After whatever a log in a test says. */
const RECEIVED_MS = 2e12;

interface FakeLog {
  lowOffset: number;
  messages: (PartitionMessage | undefined)[];
}

/**
 * @param batchSize most messages that one fetch brings of a partition
 * @param receivedMs when its members say that they got them
 * @param isAppendTime whether messages have the broker's own time
 */
export function createFakeBroker(
  partitions: number,
  batchSize = 10,
  receivedMs = RECEIVED_MS,
  isAppendTime = false,
): FakeBroker {
  const topic = 'logs';
  const newLog = (): FakeLog => ({ lowOffset: 0, messages: [] });
  const logs = Array.from({ length: partitions }, newLog);
  const committed = new Map<number, number>();
  let appended = 0;
  const rangeOf = (partition: number): OffsetRange => {
    const { lowOffset, messages } = logs[partition]!;
    return { lowOffset, highOffset: messages.length };
  };

  const join = (): FakeMember => {
    let listener: GroupListener | undefined;
    let rejoins = 0;
    let positions = new Map<number, number>();
    let paused = new Set<number>();

    const fetch = (partition: number): void => {
      const { lowOffset, highOffset } = rangeOf(partition);
      let from = positions.get(partition)!;
      // as clients do it, without a word
      if (from < lowOffset || from > highOffset) from = lowOffset;
      if (from >= highOffset) return void positions.set(partition, from);
      const to = Math.min(highOffset, from + batchSize);
      const messages = logs[partition]!.messages.slice(from, to).filter((each) => each !== undefined);
      positions.set(partition, to);
      listener?.onBatch({
        partition,
        messages,
        firstOffset: from,
        nextOffset: to,
        highWatermark: highOffset,
        receivedTimeMs: receivedMs,
        isAppendTime,
      });
    };
    const isRunning = (): boolean => listener !== undefined;
    const pump = async (): Promise<void> => {
      while (isRunning()) {
        for (const partition of positions.keys()) if (!paused.has(partition)) fetch(partition);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    };

    return {
      topic,
      sessionTimeoutMs: 10_000,
      start: async (to) => {
        listener = to;
        void pump();
      },
      partitionCount: async () => logs.length,
      offsets: async () => new Map(logs.map((_, partition) => [partition, rangeOf(partition)])),
      readFrom: (partition, offset) => {
        if (!positions.has(partition)) return;
        positions.set(partition, offset);
        paused.delete(partition);
      },
      pause: (partition) => void paused.add(partition),
      resume: (partition) => void paused.delete(partition),
      commitOffset: async (partition, offset) => void committed.set(partition, offset),
      rejoin: async () => void rejoins++,
      stop: async () => {
        listener = undefined;
      },
      assign: (mine, isLeader = true) => {
        positions = new Map(mine.map((each) => [each, committed.get(each) ?? rangeOf(each).lowOffset]));
        paused = new Set(mine);
        listener?.onAssigned({ partitions: mine, isLeader });
      },
      rejoins: () => rejoins,
      isPaused: (partition) => paused.has(partition),
      fail: (error) => listener?.onFailed(error),
    };
  };

  return {
    topic,
    append: (partition, value, key = 'api', timestampMs = 1000 + appended) => {
      appended++;
      logs[partition]!.messages.push({
        offset: String(logs[partition]!.messages.length),
        timestamp: String(timestampMs),
        key: Buffer.from(key),
        value: value === null ? null : Buffer.from(value),
      });
    },
    appendMarker: (partition) => void logs[partition]!.messages.push(undefined),
    deleteBefore: (partition, offset) => {
      logs[partition]!.lowOffset = offset;
    },
    addPartition: () => void logs.push(newLog()),
    recreate: (partition) => {
      logs[partition] = newLog();
    },
    committedOffset: (partition) => committed.get(partition),
    range: rangeOf,
    join,
  };
}
