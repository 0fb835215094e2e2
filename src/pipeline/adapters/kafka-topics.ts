// Topics: made on purpose, with partitions, retention and the broker's own time stamps; and described.
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import { createKafkaClient, explainKafkaError, type KafkaClientOptions } from './kafka-client.js';

export interface TopicSettings {
  readonly partitions: number;
  /** Undefined: the broker's default. */
  readonly replicationFactor?: number;
  /** Undefined: the broker's default; -1: for ever. */
  readonly retentionMs?: number;
  /** Keeps the last message of each key only. */
  readonly isCompacted?: boolean;
}

export interface TopicDescription {
  readonly topic: string;
  readonly partitions: readonly PartitionDescription[];
  /** Those that matter here: retention, time stamps, limits. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface PartitionDescription {
  readonly partition: number;
  /** Node id; -1 while there is none. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
  /** First offset that is still there, and the one that the next message gets. */
  readonly low: number;
  readonly high: number;
}

const SHOWN_SETTINGS = [
  'cleanup.policy',
  'compression.type',
  'max.message.bytes',
  'message.timestamp.type',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
];

/**
 * @returns false when the topic was there already
 * @throws Error in a sentence
 */
export async function createTopic(options: KafkaClientOptions, settings: TopicSettings): Promise<boolean> {
  const { partitions, replicationFactor = -1, retentionMs, isCompacted = false } = settings;
  return withAdmin(options, async (admin) => {
    const isNew = await admin.createTopics({
      // it is waited for below: the library gives up at the first broker that has not heard of the topic
      waitForLeaders: false,
      topics: [
        {
          topic: options.address.topic,
          numPartitions: partitions,
          replicationFactor,
          configEntries: [
            { name: 'message.timestamp.type', value: 'LogAppendTime' },
            ...(retentionMs === undefined ? [] : [{ name: 'retention.ms', value: String(retentionMs) }]),
            ...(isCompacted ? [{ name: 'cleanup.policy', value: 'compact' }] : []),
          ],
        },
      ],
    });
    // it can be written to once its leaders have heard of it
    if (isNew)
      await fetchOffsets(admin, options.address.topic, [...NO_LEADER_YET, 'UNKNOWN_TOPIC_OR_PARTITION']);
    return isNew;
  });
}

/** @returns undefined when there is no such topic */
export async function describeTopic(options: KafkaClientOptions): Promise<TopicDescription | undefined> {
  const { topic } = options.address;
  return withAdmin(options, async (admin) => {
    if (!(await admin.listTopics()).includes(topic)) return undefined;
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const offsets = new Map(
      (await fetchOffsets(admin, topic)).map(({ partition, low, high }) => [partition, { low, high }]),
    );
    const partitions = topics[0]!.partitions.map(({ partitionId, leader, replicas, isr }) => ({
      partition: partitionId,
      leader,
      replicas,
      inSync: isr,
      low: Number(offsets.get(partitionId)?.low ?? 0),
      high: Number(offsets.get(partitionId)?.high ?? 0),
    }));
    return {
      topic,
      partitions: partitions.sort((a, b) => a.partition - b.partition),
      settings: await settingsOf(admin, topic),
    };
  });
}

const LEADER_ATTEMPTS = 40;
const LEADER_PAUSE_MS = 250;
const NO_LEADER_YET = ['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE'];

/**
 * First and next offset of each partition; waits for leaders that are just being elected.
 *
 * @param passing types of errors to be waited for
 */
export async function fetchOffsets(
  admin: Admin,
  topic: string,
  passing: readonly string[] = NO_LEADER_YET,
): Promise<readonly { partition: number; low: string; high: string }[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      const { type } = error as { readonly type?: string };
      if (type === undefined || !passing.includes(type) || attempt === LEADER_ATTEMPTS) throw error;
      await sleep(LEADER_PAUSE_MS);
    }
  }
}

/** Empty where the right to see them is missing. */
async function settingsOf(admin: Admin, topic: string): Promise<Record<string, string>> {
  const { resources } = await admin
    .describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: SHOWN_SETTINGS }],
    })
    .catch(() => ({ resources: [] }));
  const entries = resources.flatMap(({ configEntries }) => configEntries);
  return Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
}

async function withAdmin<T>(options: KafkaClientOptions, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = createKafkaClient(options).admin();
  try {
    await admin.connect();
    return await work(admin);
  } catch (error) {
    throw explainKafkaError(error, options);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
