// A short stretch of a topic read once, from given offsets to its present end: how a producer sees what had arrived.
import { randomUUID } from 'node:crypto';
import type { PlacedMessage } from '../produce/arrived-records.js';
import { createKafkaClient, explainKafkaError, type KafkaClientOptions } from './kafka-client.js';

/** Bounds the memory: a run that was killed had a few seconds on its way. */
const MOST_MESSAGES = 5_000_000;
const SILENT_FOR_MS = 30_000;

/**
 * @param from offset of each partition; one that is not named is left out
 * @param to offset behind the last message that is wanted
 * @throws Error in a sentence
 */
export async function readTail(
  options: KafkaClientOptions,
  from: ReadonlyMap<number, number>,
  to: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, readonly PlacedMessage[]>> {
  const { topic } = options.address;
  const messages = new Map<number, PlacedMessage[]>();
  const open = new Set<number>();
  for (const [partition, offset] of from) if (offset < (to.get(partition) ?? 0)) open.add(partition);
  if (open.size === 0) return messages;
  const wanted = new Map(from);
  const groupId = `loghorn-produce-${randomUUID()}`;
  const kafka = createKafkaClient(options);
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, retry: { retries: 15 } });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      let count = 0;
      const giveUp = (): void => reject(new Error(`topic '${topic}' could not be read back within 30 s`));
      let timer = setTimeout(giveUp, SILENT_FOR_MS);
      const finish = (work: () => void): void => {
        clearTimeout(timer);
        work();
      };
      consumer.on('consumer.crash', ({ payload }) => {
        if (!payload.restart) finish(() => reject(payload.error));
      });
      // each time it joins, also behind a restart: only then can it be told where to read
      consumer.on('consumer.group_join', () => {
        for (const [partition, offset] of wanted)
          consumer.seek({
            topic,
            partition,
            offset: String(open.has(partition) ? offset : to.get(partition)!),
          });
      });
      consumer
        .run({
          autoCommit: false,
          eachBatch: async (payload) => {
            const { batch } = payload;
            clearTimeout(timer);
            timer = setTimeout(giveUp, SILENT_FOR_MS);
            const { partition } = batch;
            const end = to.get(partition) ?? 0;
            const own = messages.get(partition) ?? [];
            for (const message of batch.messages) {
              const offset = Number(message.offset);
              // whatever was fetched before the seek or again behind a restart is left out
              if (offset < (wanted.get(partition) ?? Infinity) || offset >= end) continue;
              wanted.set(partition, offset + 1);
              own.push(message);
              count++;
            }
            messages.set(partition, own);
            payload.resolveOffset(batch.lastOffset());
            if (Number(batch.lastOffset()) + 1 >= end) open.delete(partition);
            if (count > MOST_MESSAGES)
              finish(() => reject(new Error(`more than ${MOST_MESSAGES} messages behind the noted place`)));
            if (open.size === 0) finish(resolve);
          },
        })
        .catch((error: unknown) => finish(() => reject(error)));
    });
  } catch (error) {
    throw explainKafkaError(error, options);
  } finally {
    await consumer.disconnect().catch(() => {});
    await forget(kafka.admin(), groupId);
  }
  return messages;
}

/** The group was for this one reading; where the right is missing it goes by itself after a week. */
async function forget(
  admin: ReturnType<ReturnType<typeof createKafkaClient>['admin']>,
  groupId: string,
): Promise<void> {
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
    // nobody misses it
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
