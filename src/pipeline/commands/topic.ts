// `loghorn topic create|describe`: topics made on purpose and looked at.
import { type Command, Option } from 'commander';
import { parseDuration } from '../../core/duration.js';
import { createTopic, describeTopic } from '../adapters/kafka-topics.js';
import { type KafkaAddress, parseKafkaAddress, showKafkaAddress } from '../kafka/kafka-address.js';
import { addKafkaLogin, clientOptionsOf, countOption, type KafkaLoginFlags } from './kafka-options.js';
import { argument } from '../../shell/usage.js';

interface CreateFlags extends KafkaLoginFlags {
  readonly partitions: number;
  readonly replicationFactor?: number;
  readonly retention?: number;
  readonly compact: boolean;
}

const DEFAULT_PARTITIONS = 6;
const ADDRESS = 'kafka://host:port[,host:port]/topic';

export function registerTopic(program: Command): void {
  const topic = program
    .command('topic')
    .summary('make a Kafka topic, or look at one')
    .description('Topics are made on purpose, never by a misspelt name.');
  addKafkaLogin(
    topic
      .command('create')
      .summary('make a topic')
      .description(
        'Makes a topic whose messages are stamped by the broker (LogAppendTime). A source stays in one partition, so at most as many consumers share the work as there are partitions. A topic that is there already is left as it is, and the exit code is 1.',
      )
      .argument('<address>', ADDRESS, argument(parseKafkaAddress))
      .addOption(
        countOption('--partitions <count>', 'into how many the sources are spread').default(
          DEFAULT_PARTITIONS,
        ),
      )
      .addOption(
        countOption('--replication-factor <count>', "brokers that hold each record (default: the cluster's)"),
      )
      .addOption(
        new Option(
          '--retention <duration>',
          "how long records are kept, such as 7d (default: the cluster's)",
        ).argParser(argument(parseDuration)),
      )
      .option('--compact', 'keep the last message of each key only, for ever', false),
  ).action(async (address: KafkaAddress, flags: CreateFlags) => {
    const isNew = await createTopic(clientOptionsOf(address, flags, beQuiet), {
      partitions: flags.partitions,
      isCompacted: flags.compact,
      ...(flags.replicationFactor === undefined ? {} : { replicationFactor: flags.replicationFactor }),
      ...(flags.retention === undefined ? {} : { retentionMs: flags.retention }),
    });
    if (!isNew)
      throw new Error(
        `${showKafkaAddress(address)} is there already and was left as it is; loghorn topic describe shows it`,
      );
    process.stdout.write(`${JSON.stringify({ topic: address.topic, partitions: flags.partitions })}\n`);
  });
  addKafkaLogin(
    topic
      .command('describe')
      .summary('show a topic as JSON')
      .description(
        'Prints partitions with their leaders, replicas and offsets, and the settings that matter.',
      )
      .argument('<address>', ADDRESS, argument(parseKafkaAddress)),
  ).action(async (address: KafkaAddress, flags: KafkaLoginFlags) => {
    const description = await describeTopic(clientOptionsOf(address, flags, beQuiet));
    if (description === undefined)
      throw new Error(`there is no topic '${address.topic}' at ${address.brokers.join(', ')}`);
    process.stdout.write(`${JSON.stringify(description)}\n`);
  });
}

/** One question, one answer: what is in the way is told by the error in the end. */
function beQuiet(): void {}
