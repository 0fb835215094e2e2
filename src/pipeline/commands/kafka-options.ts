// What the commands that talk to Kafka share: the address, the login and how words become settings.
import { type Command, Option } from 'commander';
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import type { KafkaAddress } from '../kafka/kafka-address.js';
import { readKafkaSecurity } from '../kafka/kafka-security.js';
import { argument } from '../../shell/usage.js';

export interface KafkaLoginFlags {
  readonly kafkaConfig?: string;
}

export function addKafkaLogin(command: Command): Command {
  return command.option(
    '--kafka-config <file>',
    'JSON with login and TLS of the cluster; otherwise the variables LOGHORN_KAFKA_SASL_… and LOGHORN_KAFKA_SSL…',
  );
}

/** @throws Error when the login is incomplete or cannot be read */
export function clientOptionsOf(
  address: KafkaAddress,
  { kafkaConfig }: KafkaLoginFlags,
  onWarning: (sentence: string) => void,
): KafkaClientOptions {
  return { address, security: readKafkaSecurity(process.env, kafkaConfig), onWarning };
}

export function countOption(words: string, text: string): Option {
  return new Option(words, text).argParser(argument(parseCount));
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new RangeError(`'${text}' is no count: write a whole number above 0`);
  return count;
}
