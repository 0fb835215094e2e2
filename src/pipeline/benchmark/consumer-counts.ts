// How the rate goes with the number of consumers in a group: fewer than partitions, as many, more.
import { join } from 'node:path';
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import { findFreeRow } from '../kafka-broker/free-ports.js';
import type { Clock } from '../ports.js';
import { type BenchPlace, topicAddress } from './bench-place.js';
import type { BenchTable } from './bench-report.js';
import { areReady, readMetric } from './ask-health.js';
import { startCommand } from './run-cli.js';

export interface ConsumerCount {
  readonly consumers: number;
  /** Of the group together, from when all had joined. */
  readonly perSecond: number;
  /** Consumers that had read something. */
  readonly busy: number;
}

export interface ConsumerCountOptions {
  readonly place: BenchPlace;
  readonly client: KafkaClientOptions;
  /** In the topic. */
  readonly messages: number;
  /** How many consumers, for each measurement. */
  readonly consumers: readonly number[];
  readonly clock: Clock;
  readonly say: (sentence: string) => void;
}

const LOOK_EVERY_MS = 50;

export async function measureConsumerCounts(options: ConsumerCountOptions): Promise<ConsumerCount[]> {
  const counts: ConsumerCount[] = [];
  for (const consumers of options.consumers) {
    const count = await measureOne(options, consumers);
    options.say(`${consumers} consumers: ${Math.round(count.perSecond)}/s`);
    counts.push(count);
  }
  return counts;
}

async function measureOne(
  { place, client, messages, clock }: ConsumerCountOptions,
  consumers: number,
): Promise<ConsumerCount> {
  const firstPort = await findFreeRow(consumers);
  const ports = Array.from({ length: consumers }, (_, n) => firstPort + n);
  const members = ports.map((port) =>
    startCommand(
      'consume',
      { from: topicAddress(client), model: place.model, group: `bench-consumers-${consumers}` },
      { store: `sqlite:${join(place.folder, `consumers-${consumers}.db`)}`, 'health-port': port, json: true },
    ),
  );
  try {
    const failed = Promise.race(members.map(async ({ result }) => result)).then(() => {
      throw new Error('a consumer ended before the topic was read');
    });
    const measured = async (): Promise<ConsumerCount> => {
      while (!(await areReady(ports))) await clock.sleep(LOOK_EVERY_MS);
      const before = sumOf(await readMetric(ports, 'loghorn_records_read_total'));
      const startedMs = clock.nowMs();
      let totals = await readMetric(ports, 'loghorn_records_read_total');
      while (sumOf(totals) < messages) {
        await clock.sleep(LOOK_EVERY_MS);
        totals = await readMetric(ports, 'loghorn_records_read_total');
      }
      const seconds = (clock.nowMs() - startedMs) / 1000;
      return {
        consumers,
        perSecond: (messages - before) / seconds,
        busy: totals.filter((total) => total > 0).length,
      };
    };
    return await Promise.race([measured(), failed]);
  } finally {
    for (const member of members) member.stop();
    await Promise.allSettled(members.map(async ({ result }) => result));
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function consumerCountTable(counts: readonly ConsumerCount[], partitions: number): BenchTable {
  const one = counts[0]!.perSecond;
  return {
    caption: `Consumers of one group on ${partitions} partitions, from when all have joined.`,
    columns: [
      { name: 'consumers', digits: 0 },
      { name: 'of these reading', digits: 0 },
      { name: 'messages/s together', digits: 0 },
      { name: 'ratio to one', digits: 2 },
    ],
    rows: counts.map(({ consumers, busy, perSecond }) => [consumers, busy, perSecond, perSecond / one]),
  };
}
