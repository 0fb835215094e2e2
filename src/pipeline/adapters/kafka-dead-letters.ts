// Dead letters on a Kafka topic of their own, made when the first one comes.
import kafkajs, { type Producer } from 'kafkajs';
import {
  DEAD_LETTER_MAX_BYTES,
  encodeDeadLetter,
  type DeadLetterMessage,
} from '../kafka/dead-letter-message.js';
import type { DeadLetterSink } from '../ports.js';
import { createKafkaClient, explainKafkaError, type KafkaClientOptions } from './kafka-client.js';

export interface KafkaDeadLetters extends DeadLetterSink {
  /** How many this process has kept. */
  kept(): number;
  close(): Promise<void>;
}

/** What goes into one request, well below what the topic takes. */
const REQUEST_BYTES = 2 ** 20;

/** @param options whose address names the topic of the dead letters */
export function createKafkaDeadLetters(options: KafkaClientOptions): KafkaDeadLetters {
  const { topic } = options.address;
  const kafka = createKafkaClient(options);
  let opening: Promise<Producer> | undefined;
  let kept = 0;

  const open = async (): Promise<Producer> => {
    const admin = kafka.admin();
    await admin.connect();
    try {
      await admin.createTopics({
        waitForLeaders: true,
        topics: [
          {
            topic,
            numPartitions: 1,
            replicationFactor: -1,
            configEntries: [{ name: 'max.message.bytes', value: String(DEAD_LETTER_MAX_BYTES) }],
          },
        ],
      });
    } finally {
      await admin.disconnect();
    }
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    return producer;
  };

  return {
    keep: async (poison) => {
      try {
        const producer = await (opening ??= open());
        for (const messages of inRequests(poison.map(encodeDeadLetter)))
          await producer.send({ topic, acks: -1, compression: kafkajs.CompressionTypes.GZIP, messages });
        kept += poison.length;
      } catch (error) {
        opening = undefined;
        throw explainKafkaError(error, options);
      }
    },
    kept: () => kept,
    close: async () => {
      await opening?.then((producer) => producer.disconnect()).catch(() => {});
    },
  };
}

function inRequests(letters: readonly DeadLetterMessage[]): DeadLetterMessage[][] {
  const requests: DeadLetterMessage[][] = [];
  let bytes = Infinity;
  for (const letter of letters) {
    const size = letter.value?.length ?? 0;
    if (bytes + size > REQUEST_BYTES) {
      requests.push([]);
      bytes = 0;
    }
    bytes += size;
    requests.at(-1)!.push(letter);
  }
  return requests;
}
