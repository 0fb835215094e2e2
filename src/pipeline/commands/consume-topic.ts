// `consume --from kafka://…`: the member of the group, where its poison goes, and the loops over its partitions.
import type { Artifact } from '../../core/artifact.js';
import { createKafkaDeadLetters } from '../adapters/kafka-dead-letters.js';
import { createKafkaGroup } from '../adapters/kafka-source.js';
import { consumePartitions } from '../consume/consume-partitions.js';
import type { PartitionsJob, PartitionsSummary } from '../consume/partitions-job.js';
import { consumeWholeTopic } from '../consume/consume-whole-topic.js';
import type { Health } from '../health/serve-health.js';
import { deadLetterTopicOf } from '../kafka/dead-letter-message.js';
import type { KafkaAddress } from '../kafka/kafka-address.js';
import { clientOptionsOf, type KafkaLoginFlags } from './kafka-options.js';

export interface ConsumeTopicFlags extends KafkaLoginFlags {
  readonly group?: string;
  readonly sessionTimeout?: number;
}

export interface TopicSummary extends PartitionsSummary {
  readonly group: string;
  /** What could not be read went there; undefined while there is none. */
  readonly deadLetterTopic?: string;
}

export async function consumeTopic(
  address: KafkaAddress,
  flags: ConsumeTopicFlags,
  job: Omit<PartitionsJob, 'group' | 'deadLetters' | 'hooks'>,
  health: Pick<Health, 'watchGroup'> | undefined,
  onWarning: (sentence: string) => void,
): Promise<TopicSummary> {
  const group = flags.group ?? defaultGroupOf(job.artifact);
  const deadLetterTopic = deadLetterTopicOf(address.topic, group);
  const options = clientOptionsOf(address, flags, onWarning);
  const deadLetters = createKafkaDeadLetters({ ...options, address: { ...address, topic: deadLetterTopic } });
  try {
    const member = createKafkaGroup(
      { ...options, groupId: group, sessionTimeoutMs: flags.sessionTimeout },
      job.clock,
    );
    health?.watchGroup(group, member);
    const isWhole = job.artifact.spec.window.groupBy === 'all';
    const summary = await (isWhole ? consumeWholeTopic : consumePartitions)({
      ...job,
      group: member,
      deadLetters,
      hooks: { onWarning, onNotice: onWarning },
    });
    return { ...summary, group, ...(deadLetters.kept() > 0 ? { deadLetterTopic } : {}) };
  } finally {
    await deadLetters.close();
  }
}

export function defaultGroupOf({ name }: Pick<Artifact, 'name'>): string {
  return `loghorn-${name}`;
}
