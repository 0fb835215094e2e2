// A real Apache Kafka on loopback: jars fetched, folder claimed, nodes formatted, started and waited for.
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { areReady } from '../adapters/kafka-ready.js';
import {
  brokerPort,
  brokerProperties,
  type ClusterShape,
  guardedPort,
  HOST,
  type KafkaUser,
  LOG4J2_PROPERTIES,
  LOG4J_PROPERTIES,
  portsOf,
} from './broker-properties.js';
import { type BrokerProcess, lastErrors, startBroker } from './broker-process.js';
import { claimFolder, writeNote } from './cluster-folder.js';
import { findTaken } from './free-ports.js';
import { checkJava } from './java.js';
import { fetchKafkaJars } from './kafka-jars.js';
import { runProgram } from './run-program.js';
import { makeFolder } from '../../shell/make-folder.js';

export interface KafkaOptions {
  readonly folder: string;
  readonly kafkaVersion: string;
  /** 1 or 3. */
  readonly brokers: number;
  readonly port: number;
  readonly users?: readonly KafkaUser[];
  /** With users: TLS for them, too, by a PEM file with private key and certificates. */
  readonly keyStorePath?: string | undefined;
  readonly say?: (sentence: string) => void;
  readonly signal?: AbortSignal;
}

export interface RunningKafka {
  /** `host:port` of each broker. */
  readonly addresses: readonly string[];
  /** The same with login; empty without users. */
  readonly guardedAddresses: readonly string[];
  pids(): readonly number[];
  /** Of one node, which counts from 1; undefined while it is stopped. */
  pidOf(node: number): number | undefined;
  /** Of those that stopped by themselves: a sentence; undefined while all run that should. */
  failure(): string | undefined;
  /** SIGTERM or SIGKILL to one node, which counts from 1. Resolves once it is gone. */
  stopNode(node: number, signal: NodeJS.Signals): Promise<void>;
  /** Starts a stopped node on the same data; resolves when the cluster has it back. */
  startNode(node: number): Promise<void>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 90_000;
/** Enough for tests and trials; a node takes about 400 MB. */
const HEAP = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC'];

/** @throws Error that says what is missing or in the way */
export async function startKafka(options: KafkaOptions): Promise<RunningKafka> {
  const { kafkaVersion, brokers, port, users = [], say = () => {}, signal } = options;
  if (brokers !== 1 && brokers !== 3)
    throw new RangeError(`a cluster of 1 or of 3 brokers can be started, got ${brokers}`);
  const shape: ClusterShape = { brokers, port, users, keyStorePath: options.keyStorePath };
  const folder = resolve(options.folder);
  await checkJava(kafkaVersion);
  const taken = await findTaken(portsOf(shape));
  if (taken !== undefined)
    throw new Error(
      `port ${taken} is taken (${brokers} broker${brokers > 1 ? 's' : ''} from ${port} on need${brokers > 1 ? '' : 's'} ${portsOf(shape).length} in a row): stop what runs there or choose another with --port`,
    );
  const { note, isNew } = await claimFolder(folder, { kafkaVersion, brokers });
  const jars = await fetchKafkaJars(kafkaVersion, say);
  const nodes = Array.from({ length: brokers }, (_, i) => i + 1);
  const nodeFolder = (node: number): string => join(folder, `node-${node}`);
  const javaWords = (node: number): string[] => [
    `-Dlog4j2.configurationFile=${join(nodeFolder(node), 'log4j2.properties')}`,
    `-Dlog4j.configuration=file:${join(nodeFolder(node), 'log4j.properties')}`,
    '-Djava.awt.headless=true',
    '-cp',
    join(jars, '*'),
  ];
  const settingsPath = (node: number): string => join(nodeFolder(node), 'server.properties');
  const logPath = (node: number): string => join(nodeFolder(node), 'broker.log');

  for (const node of nodes) {
    makeFolder(nodeFolder(node));
    await writeFile(settingsPath(node), brokerProperties(shape, node, join(nodeFolder(node), 'data')), {
      mode: 0o600,
    });
    await writeFile(join(nodeFolder(node), 'log4j2.properties'), LOG4J2_PROPERTIES);
    await writeFile(join(nodeFolder(node), 'log4j.properties'), LOG4J_PROPERTIES);
  }
  if (isNew) {
    try {
      await Promise.all(
        nodes.map((node) => format(javaWords(node), settingsPath(node), note.clusterId, users)),
      );
    } catch (error) {
      // half a cluster must not be in the way of the next attempt
      for (const node of nodes) await rm(nodeFolder(node), { recursive: true, force: true });
      throw error;
    }
  }
  await writeNote(folder, note);

  const running = new Map<number, BrokerProcess>();
  const launch = (node: number): void => {
    const words = [...HEAP, ...javaWords(node), 'kafka.Kafka', settingsPath(node)];
    running.set(node, startBroker(words, logPath(node)));
  };
  const failure = (): string | undefined => {
    for (const [node, broker] of running) {
      const exit = broker.exit();
      if (exit === undefined) continue;
      // what killed it from outside is not in its log
      const why = exit === 'SIGKILL' ? 'it was killed from outside' : lastErrors(logPath(node));
      return `broker ${node} ended (${exit}): ${why}; its log is ${logPath(node)}`;
    }
    return undefined;
  };
  const addresses = nodes.map((node) => `${HOST}:${brokerPort(shape, node)}`);
  const waitUntilReady = async (): Promise<void> => {
    const deadlineMs = Date.now() + READY_WITHIN_MS;
    while (!(await areReady([...running.keys()].map((node) => addresses[node - 1]!)))) {
      const failed = failure();
      if (failed !== undefined) throw new Error(failed);
      if (signal?.aborted) throw new Error('stopped before the brokers were ready');
      if (Date.now() > deadlineMs)
        throw new Error(`the brokers were not ready within ${READY_WITHIN_MS / 1000} s: see ${logPath(1)}`);
      await sleep(100);
    }
  };
  const stop = async (): Promise<void> => {
    const all = [...running.values()];
    running.clear();
    // together: a last controller alone would wait for the others
    await Promise.all(all.map((broker) => broker.stop()));
  };

  try {
    nodes.forEach(launch);
    await waitUntilReady();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    addresses,
    guardedAddresses: users.length === 0 ? [] : nodes.map((node) => `${HOST}:${guardedPort(shape, node)}`),
    pids: () => [...running.values()].map(({ pid }) => pid),
    pidOf: (node) => running.get(node)?.pid,
    failure,
    stopNode: async (node, how) => {
      const broker = running.get(node);
      running.delete(node);
      await broker?.stop(how);
    },
    startNode: async (node) => {
      launch(node);
      await waitUntilReady();
    },
    stop,
  };
}

async function format(
  javaWords: readonly string[],
  settingsPath: string,
  clusterId: string,
  users: readonly KafkaUser[],
): Promise<void> {
  const scram = users.flatMap(({ name, password }) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${name},password=${password}]`,
    ]),
  );
  const words = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', settingsPath, ...scram];
  const result = await runProgram('java', ['-XX:TieredStopAtLevel=1', ...javaWords, ...words], 60_000);
  if (result.kind === 'ended' && result.exitCode === 0) return;
  throw new Error(
    `Kafka could not format its folder: ${result.output.trim().split('\n').slice(-3).join(' | ')}`,
  );
}
