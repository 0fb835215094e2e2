// A member of a Kafka consumer group, by kafkajs. What it is careful about: an error thrown in a callback would stop the
// library for ever while the process lives on, and the library tells of nothing that it gives up or jumps over.
import kafkajs, { type Consumer } from 'kafkajs';
import type {
  Assignment,
  GroupListener,
  OffsetRange,
  PartitionBatch,
  PartitionGroup,
} from '../partitions/partition-group.js';
import type { Clock } from '../ports.js';
import { createKafkaClient, explainKafkaError, type KafkaClientOptions } from './kafka-client.js';

export interface KafkaSourceOptions extends KafkaClientOptions {
  readonly groupId: string;
  /** Default 30 s. */
  readonly sessionTimeoutMs?: number | undefined;
}

/** How long a broker may wait for something to send: what a quiet partition may be late by. */
const FETCH_WAIT_MS = 100;
/** From its second crash in a row the client rests before it tries again, twice as long each time up to a limit. */
const REST_AFTER_CRASH_MS = 1000;
const LONGEST_REST_MS = 30_000;
/** After so long without one a crash is the first again. */
const CALM_AFTER_MS = 120_000;

export function createKafkaGroup(options: KafkaSourceOptions, clock: Clock): PartitionGroup {
  const { address, groupId, sessionTimeoutMs = 30_000 } = options;
  const { topic } = address;
  const kafka = createKafkaClient({ ...options, tellsCrashes: true });
  const admin = kafka.admin();
  const rests = createRests(clock);
  const stopped = new AbortController();
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: Math.min(3000, Math.floor(sessionTimeoutMs / 5)),
    rebalanceTimeout: Math.max(60_000, sessionTimeoutMs),
    // how long partitions that a topic got stay unread at most
    metadataMaxAge: 10_000,
    maxWaitTimeInMs: FETCH_WAIT_MS,
    minBytes: 1,
    maxBytes: 16 * 2 ** 20,
    maxBytesPerPartition: 2 ** 20,
    allowAutoTopicCreation: false,
    retry: {
      retries: options.retries ?? 5,
      restartOnFailure: async () => {
        await clock.sleep(rests.next(), stopped.signal);
        return !stopped.signal.aborted;
      },
    },
  });

  const run = async (listener: GroupListener): Promise<void> => {
    await consumer.run({
      autoCommit: false,
      eachBatch: async (payload) => {
        if (payload.isStale()) return;
        const { batch } = payload;
        const { partition, messages } = batch;
        const nextOffset = Number(batch.lastOffset()) + 1;
        listener.onBatch({
          partition,
          messages,
          firstOffset: Number(batch.firstOffset() ?? nextOffset - 1),
          nextOffset,
          highWatermark: Number(batch.highWatermark),
          receivedTimeMs: clock.nowMs(),
          isAppendTime: isAppendTime(messages[0]),
        });
      },
    });
  };
  let listen: GroupListener | undefined;

  return {
    topic,
    sessionTimeoutMs,
    offsets: async () => {
      try {
        await admin.connect();
        const partitions = await admin.fetchTopicOffsets(topic);
        return new Map(
          partitions.map(({ partition, low, high }): [number, OffsetRange] => [
            partition,
            { lowOffset: Number(low), highOffset: Number(high) },
          ]),
        );
      } catch (error) {
        throw explainKafkaError(error, options);
      }
    },
    partitionCount: async () => {
      try {
        await admin.connect();
        // of what the library remembers of a topic, it would ask anew every five minutes
        const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
        return topics[0]!.partitions.length;
      } catch (error) {
        throw explainKafkaError(error, options);
      }
    },
    start: async (listener) => {
      listen = quiet(listener);
      attach(consumer, topic, listen, () => clock.nowMs(), stopped.signal, options);
      try {
        await consumer.connect();
        await consumer.subscribe({ topic, fromBeginning: true });
        await run(listen);
      } catch (error) {
        throw explainKafkaError(error, options);
      }
    },
    readFrom: (partition, offset) =>
      whileRunning(() => {
        consumer.seek({ topic, partition, offset: String(offset) });
        consumer.resume([{ topic, partitions: [partition] }]);
      }),
    pause: (partition) => whileRunning(() => consumer.pause([{ topic, partitions: [partition] }])),
    resume: (partition) => whileRunning(() => consumer.resume([{ topic, partitions: [partition] }])),
    commitOffset: async (partition, offset) => {
      await consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
    },
    rejoin: async () => {
      await consumer.stop();
      if (listen !== undefined && !stopped.signal.aborted) await run(listen);
    },
    stop: async () => {
      stopped.abort();
      await Promise.all([consumer.disconnect(), admin.disconnect()]);
    },
  };
}

/** Kafka's number for timestamps that the broker gave. */
const LOG_APPEND_TIME = 1;

/** Not in the library's types: the batch that a message came in says whose its timestamp is. */
function isAppendTime(message: unknown): boolean {
  const { batchContext } = (message ?? {}) as { batchContext?: { timestampType?: number } };
  return batchContext?.timestampType === LOG_APPEND_TIME;
}

/** What the library says about itself, in the words of the port. */
function attach(
  consumer: Consumer,
  topic: string,
  listener: GroupListener,
  nowMs: () => number,
  stopped: AbortSignal,
  options: KafkaSourceOptions,
): void {
  const { GROUP_JOIN, CRASH, END_BATCH_PROCESS } = consumer.events;
  consumer.on(GROUP_JOIN, ({ payload }) => {
    const partitions = payload.memberAssignment[topic] ?? [];
    // at once, before anything is fetched: the store says where to begin
    if (partitions.length > 0) whileRunning(() => consumer.pause([{ topic, partitions }]));
    listener.onAssigned({ partitions, isLeader: payload.isLeader } satisfies Assignment);
  });
  consumer.on(END_BATCH_PROCESS, ({ payload }) => {
    // of transactions' markers alone the library makes no batch, and goes on behind them
    if (payload.topic !== topic || payload.batchSize > 0) return;
    const { partition, firstOffset, lastOffset, highWatermark } = payload;
    listener.onBatch({
      partition,
      messages: [],
      firstOffset: Number(firstOffset ?? lastOffset),
      nextOffset: Number(lastOffset) + 1,
      highWatermark: Number(highWatermark),
      receivedTimeMs: nowMs(),
    } satisfies PartitionBatch);
  });
  consumer.on(CRASH, ({ payload }) => {
    // who is told to stop while the broker is away has not failed
    if (stopped.aborted) return;
    const error = explainKafkaError(payload.error, options);
    if (payload.restart) listener.onWarning(`${error.message}; trying on`);
    else listener.onFailed(error);
  });
}

/** Nothing thrown in a callback may reach the library. */
function quiet(listener: GroupListener): GroupListener {
  const guard =
    <T>(call: (value: T) => void) =>
    (value: T): void => {
      try {
        call(value);
      } catch (error) {
        listener.onFailed(error as Error);
      }
    };
  return {
    onAssigned: guard((assignment: Assignment) => listener.onAssigned(assignment)),
    onBatch: guard((batch: PartitionBatch) => listener.onBatch(batch)),
    onWarning: (sentence) => listener.onWarning(sentence),
    onFailed: (error) => listener.onFailed(error),
  };
}

/** Between two of its lives the library has no group to speak to: the next meeting begins all anew in any case. */
function whileRunning(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof kafkajs.KafkaJSNonRetriableError)) throw error;
  }
}

/** How long to rest after each crash. */
function createRests(clock: Clock): { next(): number } {
  let inARow = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    next: () => {
      inARow = clock.nowMs() - lastMs > CALM_AFTER_MS ? 0 : inARow + 1;
      lastMs = clock.nowMs();
      return inARow === 0 ? 0 : Math.min(LONGEST_REST_MS, REST_AFTER_CRASH_MS * 2 ** (inARow - 1));
    },
  };
}
