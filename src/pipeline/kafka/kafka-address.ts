// `kafka://host:port[,host:port]/topic` as people write it. Secrets have no place in it: command lines are seen by others.

export interface KafkaAddress {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly topic: string;
}

const DEFAULT_PORT = 9092;
const EXAMPLE = 'kafka://127.0.0.1:19092/logs';

/** @throws RangeError saying what an address looks like; never with what may be a password in it */
export function parseKafkaAddress(text: string): KafkaAddress {
  if (text.includes('@'))
    throw new RangeError(
      `a Kafka address holds no login: write ${EXAMPLE} and give the login by LOGHORN_KAFKA_SASL_USERNAME and _PASSWORD, or by --kafka-config FILE`,
    );
  const match = /^kafka:\/\/([^/]+)\/([^/?#]+)$/.exec(text);
  if (!match) throw new RangeError(`'${text}' is no Kafka address: write for example ${EXAMPLE}`);
  const brokers = match[1]!.split(',').map((broker) => withPort(broker, text));
  const topic = match[2]!;
  if (!/^[A-Za-z0-9._-]{1,249}$/.test(topic) || topic === '.' || topic === '..')
    throw new RangeError(
      `'${topic}' is no topic name: letters, digits, dots, dashes and underscores, at most 249 of them`,
    );
  return { brokers, topic };
}

/** The address as one line, for what people read and what names the stream. */
export function showKafkaAddress({ brokers, topic }: KafkaAddress): string {
  return `kafka://${brokers.join(',')}/${topic}`;
}

/** Where a producer tells the ground truth about what it sends to a topic, if it has any. */
export function labelsAddressOf({ brokers, topic }: KafkaAddress): KafkaAddress {
  return { brokers, topic: `${topic}.labels` };
}

function withPort(broker: string, text: string): string {
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(\d+))?$/.exec(broker);
  const port = Number(match?.[2] ?? DEFAULT_PORT);
  if (!match || port < 1 || port > 65_535)
    throw new RangeError(`'${broker}' in '${text}' is no host:port: write for example ${EXAMPLE}`);
  return `${match[1]}:${port}`;
}
