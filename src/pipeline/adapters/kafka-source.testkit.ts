// Topics for tests of the consumer, filled as any producer would, and the built command line in children.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import type { StoredAlert, StoredWindow } from '../ports.js';
import { createSqliteStore } from './sqlite-store.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const GIVE_UP_AFTER_MS = 240_000;

export interface TestMessage {
  readonly key: string | null;
  readonly value: string | Buffer | null;
  readonly partition?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is done to topics from outside. */
export interface TestTopics {
  create(topic: string, partitions: number): Promise<void>;
  send(topic: string, messages: readonly TestMessage[]): Promise<void>;
  /** As a transaction, so that a marker follows in every partition that it touched. */
  sendAtomically(topic: string, messages: readonly TestMessage[]): Promise<void>;
  /** Everything that a topic holds, by partition and offset. */
  read(topic: string): Promise<readonly kafkajs.KafkaMessage[]>;
  /** As retention does. */
  deleteBefore(topic: string, partition: number, offset: number): Promise<void>;
  readonly admin: Admin;
  close(): Promise<void>;
}

export async function openTestTopics(address: string): Promise<TestTopics> {
  const kafka: Kafka = new kafkajs.Kafka({ brokers: [address], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await Promise.all([admin.connect(), producer.connect()]);
  return {
    admin,
    create: async (topic, partitions) => {
      const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
      await admin.createTopics({
        waitForLeaders: true,
        topics: [{ topic, numPartitions: partitions, configEntries }],
      });
    },
    send: async (topic, messages) => {
      for (let at = 0; at < messages.length; at += 3000)
        await producer.send({ topic, messages: messages.slice(at, at + 3000) });
    },
    sendAtomically: async (topic, messages) => {
      const transactional = kafka.producer({
        transactionalId: `test-${topic}`,
        maxInFlightRequests: 1,
        idempotent: true,
        createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      });
      await transactional.connect();
      const transaction = await transactional.transaction();
      await transaction.send({ topic, messages: [...messages] });
      await transaction.commit();
      await transactional.disconnect();
    },
    read: async (topic) => {
      const ends = await admin.fetchTopicOffsets(topic);
      let left = ends.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
      const messages: kafkajs.KafkaMessage[] = [];
      const consumer = kafka.consumer({ groupId: `test-${topic}-${process.pid}-${messages.length}` });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        if (left === 0) resolve();
        consumer
          .run({
            autoCommit: false,
            eachMessage: async ({ message }) => {
              messages.push(message);
              if (--left === 0) resolve();
            },
          })
          .catch(reject);
      });
      await consumer.disconnect();
      return messages;
    },
    deleteBefore: async (topic, partition, offset) => {
      // the library finds the leader only in what it has asked for before
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
    },
    close: async () => {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    },
  };
}

/** Ends it after minutes: nothing else could, while it is waited for. */
export function runCli(...words: string[]): string {
  return execFileSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
    timeout: GIVE_UP_AFTER_MS,
  });
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said on standard error so far. */
  stderr(): string;
}

export function startCli(...words: string[]): RunningCli {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += String(data)));
  child.stderr.on('data', (data: Buffer) => (stderr += String(data)));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended, stderr: () => stderr };
}

/** The summary that `--json` prints last. */
export function lastLineOf(stdout: string): Record<string, unknown> {
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
}

export interface Outcome {
  readonly windows: readonly StoredWindow[];
  readonly alerts: readonly StoredAlert[];
}

/** What consumers left in a store: without the stamps of the clock, and the number that early closing gives a revision. */
export async function outcomeOf(
  storePath: string,
  artifact: { readonly name: string; readonly version: string },
): Promise<Outcome> {
  const store = createSqliteStore(storePath);
  const windows = await store.windows({ artifact });
  const alerts = await store.alerts({ artifact });
  await store.close();
  return {
    windows: windows.map((row) => ({ ...row, revision: 0, eligibleTimeMs: 0, scoredTimeMs: 0 })),
    alerts: alerts.map((alert) => ({ ...alert, revision: 0 })),
  };
}
