// The client of a Kafka cluster, set up the way that was measured to work, and its errors in sentences.
import kafkajs, { type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { type KafkaAddress } from '../kafka/kafka-address.js';
import type { KafkaSecurity } from '../kafka/kafka-security.js';
import { registerCodecs } from './kafka-codecs.js';

export interface KafkaClientOptions {
  readonly address: KafkaAddress;
  readonly security: KafkaSecurity;
  readonly onWarning: (sentence: string) => void;
  /** Attempts of a request before it fails, with pauses that grow to 2 s; default 5: about 5 s. */
  readonly retries?: number;
  /** Whoever listens to a consumer's crashes says more of them than the client library's log. */
  readonly tellsCrashes?: boolean;
}

/** A broker that was just started first loads what it knows of groups. */
const NO_COORDINATOR = 'not ready for consumer groups yet, as after its start';
/** The same trouble is told once in so long. */
const REPEAT_AFTER_MS = 10_000;

export function createKafkaClient(options: KafkaClientOptions): Kafka {
  const { address, security, retries = 5 } = options;
  registerCodecs();
  const { sasl, tls } = security;
  const config: KafkaConfig = {
    clientId: 'loghorn',
    brokers: [...address.brokers],
    connectionTimeout: 5000,
    authenticationTimeout: 10_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 200, maxRetryTime: 2000, factor: 0.2, multiplier: 2, retries },
    logLevel: kafkajs.logLevel.ERROR,
    logCreator: () => createQuietLog(options),
    ...(sasl === undefined ? {} : { sasl: sasl as SASLOptions }),
    ...(tls === undefined ? {} : { ssl: { ...tls, minVersion: 'TLSv1.2' as const } }),
  };
  return new kafkajs.Kafka(config);
}

type KafkaLog = (entry: { readonly log: { readonly message: string; readonly broker?: unknown } }) => void;

/** One sentence for each trouble, without the fields: they repeat it at length. */
function createQuietLog({ onWarning, tellsCrashes }: KafkaClientOptions): KafkaLog {
  const toldAtMs = new Map<string, number>();
  return ({ log: { message, broker } }) => {
    // answers that say no: whoever asked gets them as errors
    if (/^(Response |Restarting the consumer )/.test(message)) return;
    if (tellsCrashes && message.startsWith('Crash: ')) return;
    const said = /coordinator (is not available|is loading)|GroupCoordinatorNotFound/i.test(message)
      ? `${NO_COORDINATOR}; trying on`
      : message;
    const sentence = `Kafka${typeof broker === 'string' ? ` at ${broker}` : ''}: ${said}`;
    const nowMs = performance.now();
    if (nowMs - (toldAtMs.get(sentence) ?? -Infinity) < REPEAT_AFTER_MS) return;
    toldAtMs.set(sentence, nowMs);
    onWarning(sentence);
  };
}

/** What a person can do about an error of the client library. Names the user, never the password. */
export function explainKafkaError(error: unknown, { address, security }: KafkaClientOptions): Error {
  const chain = causesOf(error);
  const where = address.brokers.join(', ');
  const is = (...words: readonly string[]): boolean =>
    chain.some(({ name, message, type }) =>
      words.some((word) => name === word || type === word || message.includes(word)),
    );
  const sentence = (text: string): Error => new Error(text, { cause: error });
  const last = chain.at(-1)?.message ?? String(error);
  if (is('KafkaJSSASLAuthenticationError', 'SASL_AUTHENTICATION_FAILED', 'UNSUPPORTED_SASL_MECHANISM'))
    return sentence(
      `the broker at ${where} refused the login of user '${security.sasl?.username ?? ''}' with ${security.sasl?.mechanism ?? 'no mechanism'}: check mechanism, username and password`,
    );
  if (is('UNKNOWN_TOPIC_OR_PARTITION', 'KafkaJSTopicMetadataNotLoaded'))
    return sentence(
      `there is no topic '${address.topic}' at ${where}: make it with loghorn topic create kafka://${address.brokers.join(',')}/${address.topic} --partitions 6, or add --partitions 6 to produce`,
    );
  if (is('TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED'))
    return sentence(
      `user '${security.sasl?.username ?? ''}' may not do this with topic '${address.topic}' at ${where} (${last}): ask for the right`,
    );
  if (
    is(
      'KafkaJSGroupCoordinatorNotFound',
      'GROUP_COORDINATOR_NOT_AVAILABLE',
      'GROUP_LOAD_IN_PROGRESS',
      'NOT_COORDINATOR_FOR_GROUP',
    )
  )
    return sentence(`Kafka at ${where}: ${NO_COORDINATOR}`);
  if (is('MESSAGE_TOO_LARGE'))
    return sentence(
      `topic '${address.topic}' takes no batches of this size: raise its max.message.bytes to 1048588 or more`,
    );
  if (is('INVALID_REPLICATION_FACTOR'))
    return sentence(
      `topic '${address.topic}' was to have more copies than there are brokers at ${where}: lower --replication-factor or add brokers`,
    );
  if (is('NOT_ENOUGH_REPLICAS'))
    return sentence(
      `topic '${address.topic}' has too few brokers in sync to keep a record safe (min.insync.replicas): start the ones that are down`,
    );
  if (
    is(
      'self-signed certificate',
      'unable to verify',
      'unable to get local issuer',
      'does not match certificate',
    )
  )
    return sentence(
      `the certificate of the broker at ${where} is not trusted (${last}): name the authority that signed it with LOGHORN_KAFKA_SSL_CA, or as "ca" in the file of --kafka-config`,
    );
  if (is('ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN', 'Connection timeout'))
    return sentence(
      `no Kafka broker answers at ${where} (${last}): is it running, and is the address right?`,
    );
  if (is('KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSNumberOfRetriesExceeded'))
    return sentence(
      `the connection to Kafka at ${where} does not hold (${last}): does it want TLS or a login (LOGHORN_KAFKA_SSL, LOGHORN_KAFKA_SASL_…), or has it none?`,
    );
  return sentence(`Kafka at ${where}: ${last}`);
}

interface Cause {
  readonly name: string;
  readonly message: string;
  readonly type?: string;
}

function causesOf(error: unknown): readonly Cause[] {
  const causes: Cause[] = [];
  for (let each = error; each instanceof Error && causes.length < 8; each = deeper(each)) causes.push(each);
  return causes;
}

/** Of several errors at once, the first. */
function deeper(error: Error & { readonly errors?: unknown }): unknown {
  return error.cause ?? (Array.isArray(error.errors) ? error.errors[0] : undefined);
}
