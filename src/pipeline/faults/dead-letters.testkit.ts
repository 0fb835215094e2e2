// What became of poison: every topic of dead letters about a topic, held against the messages that they came from. A crash may
// put a letter there twice; its origin tells that apart from another one.
import { listDeadLetters } from '../adapters/kafka-dead-letter-topic.js';
import { openTestTopics, type TestTopics } from '../adapters/kafka-source.testkit.js';
import { readTail } from '../adapters/kafka-tail.js';
import { createWallClock } from '../clock.js';
import { type KafkaAddress, parseKafkaAddress } from '../kafka/kafka-address.js';

export interface Poison {
  /** By reason, each origin once. */
  readonly distinct: Readonly<Record<string, number>>;
  /** Letters whose bytes are not those of the message at their origin. */
  readonly changed: number;
}

/** @param brokers `host:port,host:port` */
export async function readPoison(brokers: string, topic: string): Promise<Poison> {
  const topics = await openTestTopics(brokers.split(',')[0]!);
  const reasons = new Map<string, string>();
  let changed = 0;
  try {
    const names = await topics.admin.listTopics();
    const letterTopics = names.filter((name) => name.startsWith(`${topic}.`) && name.endsWith('.dlq'));
    const values =
      letterTopics.length === 0
        ? new Map<string, string>()
        : await valuesOf(topics, parseKafkaAddress(`kafka://${brokers}/${topic}`));
    for (const name of letterTopics) {
      const address = parseKafkaAddress(`kafka://${brokers}/${name}`);
      await listDeadLetters({ address, security: {}, onWarning: () => {} }, createWallClock(), (letters) => {
        for (const { message, origin } of letters) {
          const place = `${origin!.partition} ${origin!.offset}`;
          reasons.set(place, origin!.reason);
          if (String(message.value) !== values.get(place)) changed++;
        }
      });
    }
  } finally {
    await topics.close();
  }
  const distinct: Record<string, number> = {};
  for (const reason of reasons.values()) distinct[reason] = (distinct[reason] ?? 0) + 1;
  return { distinct, changed };
}

/** Of all messages of a topic, by partition and offset. */
async function valuesOf(topics: TestTopics, address: KafkaAddress): Promise<ReadonlyMap<string, string>> {
  const ends = await topics.admin.fetchTopicOffsets(address.topic);
  const low = new Map(ends.map((end) => [end.partition, Number(end.low)]));
  const high = new Map(ends.map((end) => [end.partition, Number(end.high)]));
  const tail = await readTail({ address, security: {}, onWarning: () => {} }, low, high);
  const values = new Map<string, string>();
  for (const [partition, messages] of tail)
    for (const { offset, value } of messages) values.set(`${partition} ${offset}`, String(value));
  return values;
}
