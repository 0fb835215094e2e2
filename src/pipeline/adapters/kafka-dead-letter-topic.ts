// The topic of the dead letters, read by people: listed as it is, or put back where it came from, each letter once unless
// the process is killed between putting back and remembering it.
import { type KafkaMessage, type Producer } from 'kafkajs';
import { type DeadLetterOrigin, originOf, replayHeaders } from '../kafka/dead-letter-message.js';
import type { Clock } from '../ports.js';
import { createKafkaClient, explainKafkaError, type KafkaClientOptions } from './kafka-client.js';
import { createKafkaGroup } from './kafka-source.js';

export interface DeadLetter {
  readonly partition: number;
  readonly message: KafkaMessage;
  /** Undefined of what somebody else wrote there. */
  readonly origin: DeadLetterOrigin | undefined;
}

export interface Replay {
  readonly replayed: number;
  /** Too often put back already, cut, or not from here. */
  readonly skipped: number;
}

/** All that the topic holds now, by partition and offset. @throws Error in a sentence */
export async function listDeadLetters(
  options: KafkaClientOptions,
  clock: Clock,
  onLetters: (letters: readonly DeadLetter[]) => void,
): Promise<void> {
  // of a group of its own, which the broker forgets with it: nothing is ever committed
  const groupId = `${options.address.topic}.list-${process.pid}-${Math.floor(clock.nowMs())}`;
  await readToEnd(options, groupId, clock, new Map(), async (letters) => onLetters(letters));
}

/**
 * Puts back into their topics and partitions the letters that came since the last replay.
 *
 * @param mostReplays a letter that was put back so often, and came here again each time, stays
 * @throws Error in a sentence
 */
export async function replayDeadLetters(
  options: KafkaClientOptions,
  clock: Clock,
  mostReplays: number,
): Promise<Replay> {
  const groupId = `${options.address.topic}.replay`;
  const kafka = createKafkaClient(options);
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  let [replayed, skipped] = [0, 0];
  try {
    const starts = await committedOffsets(options, groupId);
    await producer.connect();
    await readToEnd(options, groupId, clock, starts, async (letters) => {
      for (const letter of letters) {
        if (await putBack(producer, letter, mostReplays)) replayed++;
        else skipped++;
      }
    });
  } catch (error) {
    throw explainKafkaError(error, options);
  } finally {
    await producer.disconnect().catch(() => {});
  }
  return { replayed, skipped };
}

async function putBack(
  producer: Producer,
  { message, origin }: DeadLetter,
  mostReplays: number,
): Promise<boolean> {
  if (origin === undefined || origin.wholeBytes !== undefined || origin.replays >= mostReplays) return false;
  const { topic, partition } = origin;
  const { key, value, headers = {} } = message;
  // to the very partition: another way to find one from the key would tear its source in two
  await producer.send({
    topic,
    acks: -1,
    messages: [{ key, value, partition, headers: replayHeaders(headers, origin) }],
  });
  return true;
}

async function committedOffsets(
  options: KafkaClientOptions,
  groupId: string,
): Promise<ReadonlyMap<number, number>> {
  const admin = createKafkaClient(options).admin();
  await admin.connect();
  try {
    const [offsets] = await admin.fetchOffsets({ groupId, topics: [options.address.topic] });
    return new Map(
      (offsets?.partitions ?? []).flatMap(({ partition, offset }): [number, number][] =>
        Number(offset) >= 0 ? [[partition, Number(offset)]] : [],
      ),
    );
  } finally {
    await admin.disconnect();
  }
}

/** @param starts where to begin; the beginning of partitions that are not in it. What was worked on is committed if it has any. */
async function readToEnd(
  options: KafkaClientOptions,
  groupId: string,
  clock: Clock,
  starts: ReadonlyMap<number, number>,
  work: (letters: readonly DeadLetter[]) => Promise<void>,
): Promise<void> {
  const group = createKafkaGroup({ ...options, groupId, sessionTimeoutMs: 10_000 }, clock);
  try {
    const ranges = await group.offsets();
    const left = new Map(
      [...ranges].flatMap(([partition, { lowOffset, highOffset }]): [number, number][] => {
        const next = Math.max(lowOffset, starts.get(partition) ?? lowOffset);
        return next < highOffset ? [[partition, next]] : [];
      }),
    );
    if (left.size === 0) return;
    await new Promise<void>((resolve, reject) => {
      let working: Promise<void> = Promise.resolve();
      const onBatch: Parameters<typeof group.start>[0]['onBatch'] = ({ partition, messages, nextOffset }) => {
        const { highOffset } = ranges.get(partition)!;
        working = working
          .then(async () => {
            const from = left.get(partition);
            if (from === undefined) return;
            const letters = messages.filter(
              ({ offset }) => Number(offset) >= from && Number(offset) < highOffset,
            );
            await work(
              letters.map((message) => ({
                partition,
                message: message as KafkaMessage,
                origin: originOf(message.headers),
              })),
            );
            await group.commitOffset(partition, Math.min(nextOffset, highOffset));
            if (nextOffset < highOffset) left.set(partition, nextOffset);
            else left.delete(partition);
            if (left.size === 0) resolve();
          })
          .catch(reject);
      };
      group
        .start({
          onAssigned: ({ partitions }) => {
            if (partitions.length < ranges.size)
              reject(
                new Error(`somebody else is reading ${group.topic} for the same purpose: wait for them`),
              );
            for (const [partition, from] of left) group.readFrom(partition, from);
          },
          onBatch,
          onWarning: options.onWarning,
          onFailed: reject,
        })
        .catch(reject);
    });
  } finally {
    await group.stop();
  }
}
