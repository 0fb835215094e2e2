// The yardstick of the consumer's bench: what the client library does when nobody asks for more than to be handed batches.
import { createKafkaClient, type KafkaClientOptions } from './kafka-client.js';

export interface BareRead {
  /** From the first batch to the last message. */
  readonly seconds: number;
  readonly userCpuSeconds: number;
}

/** As the consumer has them. */
const SETTINGS = {
  maxWaitTimeInMs: 100,
  minBytes: 1,
  maxBytes: 16 * 2 ** 20,
  maxBytesPerPartition: 2 ** 20,
};
const US_PER_S = 1_000_000;

/**
 * Reads so many messages of a topic from its beginning, by `eachBatch`.
 *
 * @param onValue what is done with each message; nothing but counting when left out
 */
export async function readBare(
  options: KafkaClientOptions,
  groupId: string,
  messages: number,
  onValue?: (value: Buffer) => void,
): Promise<BareRead> {
  const consumer = createKafkaClient(options).consumer({ groupId, ...SETTINGS });
  let read = 0;
  let startedMs: number | undefined;
  let cpu: NodeJS.CpuUsage | undefined;
  await consumer.connect();
  try {
    await consumer.subscribe({ topic: options.address.topic, fromBeginning: true });
    return await new Promise<BareRead>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            startedMs ??= performance.now();
            cpu ??= process.cpuUsage();
            if (onValue !== undefined) for (const { value } of batch.messages) onValue(value!);
            read += batch.messages.length;
            if (read < messages) return;
            resolve({
              seconds: (performance.now() - startedMs) / 1000,
              userCpuSeconds: process.cpuUsage(cpu).user / US_PER_S,
            });
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}
