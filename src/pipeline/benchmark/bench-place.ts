// Where a benchmark runs: a folder that goes away, an artifact fitted on generated logs, and a real broker.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import { createTopic } from '../adapters/kafka-topics.js';
import { findFreeRow } from '../kafka-broker/free-ports.js';
import { DEFAULT_KAFKA_VERSION } from '../kafka-broker/kafka-jars.js';
import { startKafka } from '../kafka-broker/start-kafka.js';
import { runCommand } from './run-cli.js';

export interface BenchPlace {
  readonly folder: string;
  /** Folder of the artifact. */
  readonly model: string;
  /** For a topic of this place's broker, which is made. */
  makeTopic(topic: string, partitions: number): Promise<KafkaClientOptions>;
  close(): Promise<void>;
}

export interface BenchPlaceOptions {
  readonly seed: string;
  readonly say: (sentence: string) => void;
}

/** Half a day of a small shop. */
const FITTED_RECORDS = 200_000;
/** The generator's clean part: what comes later has anomalies in it. */
const FITTED_SHARE = '40%';

/** @throws Error when there is no Java, or no broker comes up */
export async function openBenchPlace({ seed, say }: BenchPlaceOptions): Promise<BenchPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-bench-'));
  try {
    say('fitting a model on generated logs');
    const logs = join(folder, 'fitted');
    await runCommand('generate', { out: logs, records: FITTED_RECORDS, seed });
    const fitted = await runCommand('fit', join(logs, 'logs.ndjson'), {
      until: FITTED_SHARE,
      name: 'bench',
      models: join(folder, 'models'),
    });
    const { model } = fitted as { model: string };
    say('starting Kafka');
    const kafka = await startKafka({
      folder: join(folder, 'kafka'),
      kafkaVersion: DEFAULT_KAFKA_VERSION,
      brokers: 1,
      port: await findFreeRow(2),
    });
    return {
      folder,
      model,
      makeTopic: async (topic, partitions) => {
        const options = { address: { brokers: kafka.addresses, topic }, security: {}, onWarning: say };
        await createTopic(options, { partitions });
        return options;
      },
      close: async () => {
        await kafka.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What the commands call a topic. */
export function topicAddress({ address: { brokers, topic } }: KafkaClientOptions): string {
  return `kafka://${brokers.join(',')}/${topic}`;
}
