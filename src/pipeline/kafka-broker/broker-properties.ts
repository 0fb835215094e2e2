// The settings of one broker: one node, or one of three that hold every record three times. Pure.

/** Somebody who may log in at the guarded listener; only for tests and trials. */
export interface KafkaUser {
  readonly name: string;
  readonly password: string;
}

export interface ClusterShape {
  /** 1 or 3. */
  readonly brokers: number;
  /** Brokers listen on this port and the next ones; behind them their controllers; behind those the guarded listeners. */
  readonly port: number;
  /** With any, there is a listener with SASL (PLAIN and SCRAM) besides the open one. */
  readonly users: readonly KafkaUser[];
  /** The guarded listener speaks TLS: path of a PEM file with the brokers' private key and certificates. */
  readonly keyStorePath?: string | undefined;
}

export const HOST = '127.0.0.1';

/** @param node counts from 1 */
export function brokerPort({ port }: ClusterShape, node: number): number {
  return port + node - 1;
}

function controllerPort({ port, brokers }: ClusterShape, node: number): number {
  return port + brokers + node - 1;
}

export function guardedPort({ port, brokers }: ClusterShape, node: number): number {
  return port + 2 * brokers + node - 1;
}

export function portsOf(shape: ClusterShape): number[] {
  return Array.from({ length: shape.brokers * (shape.users.length > 0 ? 3 : 2) }, (_, i) => shape.port + i);
}

/** Text of `server.properties`. */
export function brokerProperties(shape: ClusterShape, node: number, logFolder: string): string {
  const { brokers, users, keyStorePath } = shape;
  const copies = brokers;
  const inSync = brokers === 1 ? 1 : 2;
  const isGuarded = users.length > 0;
  const listeners = [
    `PLAINTEXT://${HOST}:${brokerPort(shape, node)}`,
    ...(isGuarded ? [`GUARDED://${HOST}:${guardedPort(shape, node)}`] : []),
  ];
  const voters = Array.from(
    { length: brokers },
    (_, i) => `${i + 1}@${HOST}:${controllerPort(shape, i + 1)}`,
  );
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': node,
    // fixed voters: their ports are a setting and may change from one start to the next
    'controller.quorum.voters': voters.join(','),
    listeners: [...listeners, `CONTROLLER://${HOST}:${controllerPort(shape, node)}`].join(','),
    'advertised.listeners': listeners.join(','),
    'listener.security.protocol.map': `CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT${isGuarded ? `,GUARDED:${keyStorePath === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL'}` : ''}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': logFolder.replaceAll('\\', '/'),
    'auto.create.topics.enable': false,
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': 5,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 5,
    'unclean.leader.election.enable': false,
    // a killed broker is replaced within seconds
    'broker.heartbeat.interval.ms': 1000,
    'broker.session.timeout.ms': 6000,
    'replica.lag.time.max.ms': 5000,
    'group.initial.rebalance.delay.ms': 0,
    // small: many of these run on one machine
    'log.cleaner.dedupe.buffer.size': 4_194_304,
    'log.segment.bytes': 67_108_864,
    'num.network.threads': 2,
    'num.io.threads': 4,
    ...(isGuarded ? guardedSettings(users) : {}),
    ...(keyStorePath === undefined
      ? {}
      : {
          'listener.name.guarded.ssl.keystore.type': 'PEM',
          'listener.name.guarded.ssl.keystore.location': keyStorePath,
        }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${String(value)}\n`)
    .join('');
}

function guardedSettings(users: readonly KafkaUser[]): Record<string, string> {
  const own = 'listener.name.guarded';
  const module = 'org.apache.kafka.common.security';
  const plainUsers = users.map(({ name, password }) => `user_${name}="${password}"`).join(' ');
  return {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    [`${own}.sasl.enabled.mechanisms`]: 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    [`${own}.plain.sasl.jaas.config`]: `${module}.plain.PlainLoginModule required ${plainUsers};`,
    [`${own}.scram-sha-256.sasl.jaas.config`]: `${module}.scram.ScramLoginModule required;`,
    [`${own}.scram-sha-512.sasl.jaas.config`]: `${module}.scram.ScramLoginModule required;`,
  };
}

/** log4j in both of its generations: warnings and worse, to standard output. */
export const LOG4J2_PROPERTIES = `appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d %p %c{1}: %m%n
rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
`;
export const LOG4J_PROPERTIES = `log4j.rootLogger=WARN, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d %p %c{1}: %m%n
`;
