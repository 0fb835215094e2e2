// Messages into one topic, each acknowledged by every replica in sync and written once in spite of the client library's
// retries. Three of its habits would lose or double records, and are kept away here:
//
// - After a failed request it gives the same sequence numbers to whatever is sent next. Two sends at a time can then be
//   taken for one another: so each of our lanes (a producer with partitions of its own) has one request under way.
// - When a partition's leader moves while a send is retried, the library may leave that partition out and report success:
//   so every partition must be named in the answer, and is sent again where it is not.
// - A refused send leaves its numbers in disorder: so the lane goes on with a new producer.
import kafkajs, { type Message, type Producer, type RecordMetadata } from 'kafkajs';
import { BATCH_HEADER, type OutgoingMessage } from '../kafka/kafka-message.js';
import type { MessageSink, Place } from '../produce/shipper.js';
import { type Compression, compressionType } from './kafka-codecs.js';
import { createKafkaClient, explainKafkaError, type KafkaClientOptions } from './kafka-client.js';
import { fetchOffsets } from './kafka-topics.js';

export interface KafkaProducerOptions extends KafkaClientOptions {
  readonly compression: Compression;
  /** Stands on what it appends, for a later run to find it. */
  readonly producerId: string;
  /** Requests under way at a time, each to partitions of its own. */
  readonly lanes: number;
  /** How long a send is tried before it fails, about. */
  readonly giveUpAfterMs: number;
}

export interface KafkaProducer extends MessageSink {
  /** The offset behind the last message of each partition, when it connected. */
  readonly endOffsets: ReadonlyMap<number, number>;
  /**
   * In order for each key. One call at a time.
   *
   * @throws Error in a sentence, when it is given up: then each message may have been written or not
   */
  send(messages: readonly OutgoingMessage[]): Promise<readonly Place[]>;
  /** Messages sent again by a new producer after a refusal: some of them may be there twice. */
  maybeDoubled(): number;
  close(): Promise<void>;
}

/** The longest pause between two attempts. */
const RETRY_PAUSE_MS = 2000;
/** A send that leaves partitions out so often is given up. */
const MOST_ROUNDS = 10;
/** Errors after which only a new producer can go on. */
const SEQUENCE_ERRORS = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
]);

type Partitioned = Message & { readonly partition: number };

/** @throws Error in a sentence, within seconds, when there is no broker, no right or no such topic */
export async function createKafkaProducer(options: KafkaProducerOptions): Promise<KafkaProducer> {
  const { topic } = options.address;
  const endOffsets = await fetchEndOffsets(options);
  const partitionOf = createPartitioner(topic, [...endOffsets.keys()]);
  const laneCount = Math.min(options.lanes, endOffsets.size);
  let maybeDoubled = 0;
  const lanes = await Promise.all(
    Array.from({ length: laneCount }, () => createLane(options, (count) => (maybeDoubled += count))),
  );
  return {
    endOffsets,
    maybeDoubled: () => maybeDoubled,
    send: async (messages) => {
      const perLane = new Map<number, Partitioned[]>();
      for (const message of messages) {
        const partition = partitionOf(message.key);
        const lane = partition % laneCount;
        const own = perLane.get(lane);
        const placed = { ...message, partition };
        if (own === undefined) perLane.set(lane, [placed]);
        else own.push(placed);
      }
      for (const own of perLane.values()) markBatches(own, options.producerId);
      // every lane comes to its end before one of them is an error: nothing is under way behind a failed send
      const results = await Promise.allSettled([...perLane].map(([lane, own]) => lanes[lane]!.send(own)));
      const nextOffsets = new Map<number, number>();
      for (const result of results) {
        if (result.status === 'rejected') throw result.reason;
        for (const [partition, offset] of result.value) nextOffsets.set(partition, offset);
      }
      const behind = new Map<number, number>();
      for (const { key } of messages) behind.set(partitionOf(key), (behind.get(partitionOf(key)) ?? 0) + 1);
      return messages.map(({ key }) => {
        const partition = partitionOf(key);
        const offset = nextOffsets.get(partition)!;
        const ownBehind = behind.get(partition)! - 1;
        nextOffsets.set(partition, offset + 1);
        behind.set(partition, ownBehind);
        return { partition, offset, ownBehind };
      });
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

interface Lane {
  /** @returns for each partition the offset of the first of its messages */
  send(messages: readonly Partitioned[]): Promise<ReadonlyMap<number, number>>;
  close(): Promise<void>;
}

async function createLane(
  options: KafkaProducerOptions,
  onMaybeDoubled: (count: number) => void,
): Promise<Lane> {
  const { address, compression, giveUpAfterMs } = options;
  const retries = Math.max(1, Math.ceil(giveUpAfterMs / RETRY_PAUSE_MS));
  const connect = async (): Promise<Producer> => {
    // the client's own limit counts too: it ends a send while a broker is away
    const producer = createKafkaClient({ ...options, retries }).producer({
      idempotent: true,
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition!,
      retry: { retries, maxRetryTime: RETRY_PAUSE_MS, initialRetryTime: 100 },
    });
    try {
      await producer.connect();
    } catch (error) {
      throw explainKafkaError(error, options);
    }
    return producer;
  };
  let producer = await connect();

  const sendOnce = async (messages: readonly Partitioned[]): Promise<readonly (RecordMetadata | null)[]> =>
    producer.send({
      topic: address.topic,
      acks: -1,
      compression: compressionType(compression),
      messages: [...messages],
    });

  return {
    send: async (messages) => {
      const firstOffsets = new Map<number, number>();
      let waiting = messages;
      for (let round = 0; waiting.length > 0; round++) {
        if (round === MOST_ROUNDS)
          throw new Error(
            `Kafka left out partitions of topic '${address.topic}' ${MOST_ROUNDS} times in a row`,
          );
        try {
          for (const entry of await sendOnce(waiting))
            // an empty place in the answer is a broker that was not reached
            if (entry !== null) firstOffsets.set(entry.partition, Number(entry.baseOffset));
        } catch (error) {
          // whatever follows must not be taken for what failed
          await producer.disconnect().catch(() => {});
          if (!isSequenceError(error)) throw explainKafkaError(error, options);
          producer = await connect();
          onMaybeDoubled(waiting.length);
        }
        waiting = waiting.filter(({ partition }) => !firstOffsets.has(partition));
      }
      return firstOffsets;
    },
    close: async () => producer.disconnect().catch(() => {}),
  };
}

/** On the first message of each partition: whose it is, and how many follow in the same append. */
function markBatches(messages: Partitioned[], producerId: string): void {
  const counts = new Map<number, number>();
  for (const { partition } of messages) counts.set(partition, (counts.get(partition) ?? 0) + 1);
  for (let i = 0; counts.size > 0; i++) {
    const message = messages[i]!;
    const count = counts.get(message.partition);
    if (count === undefined) continue;
    counts.delete(message.partition);
    messages[i] = { ...message, headers: { ...message.headers, [BATCH_HEADER]: `${producerId} ${count}` } };
  }
}

/** By the key as Java clients do it; the same for a whole run, so that a source stays where it is. */
function createPartitioner(topic: string, partitions: readonly number[]): (key: string) => number {
  const partitionMetadata = partitions.map((partitionId) => ({
    partitionId,
    leader: 0,
    partitionErrorCode: 0,
    replicas: [],
    isr: [],
  }));
  const partitioner = kafkajs.Partitioners.DefaultPartitioner();
  const known = new Map<string, number>();
  return (key) => {
    let partition = known.get(key);
    if (partition === undefined) {
      partition = partitioner({ topic, partitionMetadata, message: { key, value: null } });
      known.set(key, partition);
    }
    return partition;
  };
}

async function fetchEndOffsets(options: KafkaClientOptions): Promise<Map<number, number>> {
  const admin = createKafkaClient(options).admin();
  try {
    await admin.connect();
    const ends = [...(await fetchOffsets(admin, options.address.topic))];
    ends.sort((a, b) => a.partition - b.partition);
    return new Map(ends.map(({ partition, high }) => [partition, Number(high)]));
  } catch (error) {
    throw explainKafkaError(error, options);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

function isSequenceError(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause)
    if (SEQUENCE_ERRORS.has(String((each as Error & { readonly type?: unknown }).type))) return true;
  return false;
}
