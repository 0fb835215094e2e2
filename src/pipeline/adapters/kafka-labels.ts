// Follows a topic of ground truth, if there is one: read from its beginning in every run, since the topic keeps the last
// message of each label and there are few. Nothing is committed, and what goes wrong holds up nobody.
import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import type { Clock } from '../ports.js';
import { createKafkaClient, explainKafkaError, type KafkaClientOptions } from './kafka-client.js';

/** A topic that is not there yet, or cannot be read, is looked for again after so long. */
const LOOK_AGAIN_MS = 10_000;

/**
 * @param options with the address of the topic itself
 * @param onMessages gets the texts of some messages, in their order; what it throws is told and the messages come again
 * @returns resolves once the signal has aborted and the client has left
 */
export async function followLabelTopic(
  options: KafkaClientOptions,
  clock: Clock,
  onMessages: (texts: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { address, onWarning } = options;
  const kafka = createKafkaClient(options);
  let told: string | undefined;
  while (!signal.aborted) {
    try {
      if (await isThere(kafka, address.topic)) await readOn(kafka, address.topic, onMessages, signal);
    } catch (error) {
      const { message } = explainKafkaError(error, options);
      if (!signal.aborted && message !== told)
        onWarning(`what is known of anomalies in topic ${address.topic} cannot be read: ${message}`);
      told = message;
    }
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
}

async function isThere(kafka: Kafka, topic: string): Promise<boolean> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return (await admin.listTopics()).includes(topic);
  } finally {
    await admin.disconnect();
  }
}

/** Resolves once the signal aborts. @throws what ended the reading before */
async function readOn(
  kafka: Kafka,
  topic: string,
  onMessages: (texts: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const groupId = `loghorn-labels-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 1000 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
      consumer.on('consumer.crash', ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
      consumer
        .run({
          autoCommit: false,
          eachBatch: async (payload) => {
            const { messages } = payload.batch;
            await onMessages(messages.flatMap(({ value }) => value?.toString('utf8') ?? []));
            payload.resolveOffset(payload.batch.lastOffset());
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect().catch(() => {});
    await forget(kafka, groupId);
  }
}

/** The group was for this one run; where the right is missing it goes by itself after a week. */
async function forget(kafka: Kafka, groupId: string): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
    // nobody misses it
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
