// How fast a topic is consumed, beside a bare `eachBatch` loop and one that parses JSON, over the same messages in the same
// process, in turns: ratios travel from one machine to another, absolute rates do not.
import { join } from 'node:path';
import type { Artifact } from '../../core/artifact.js';
import { readBare } from '../adapters/kafka-bare-read.js';
import type { KafkaClientOptions } from '../adapters/kafka-client.js';
import { createKafkaGroup } from '../adapters/kafka-source.js';
import { createSqliteStore } from '../adapters/sqlite-store.js';
import { consumePartitions } from '../consume/consume-partitions.js';
import type { PartitionGroup } from '../partitions/partition-group.js';
import type { Clock } from '../ports.js';
import { type BenchTable, medianOf } from './bench-report.js';

export interface ReadRate {
  readonly name: string;
  /** Of each round. */
  readonly perSecond: readonly number[];
  /** The same by user processor time of this process with all its threads. */
  readonly perCpuSecond: readonly number[];
}

export interface ReadRatesOptions {
  readonly client: KafkaClientOptions;
  readonly artifact: Artifact;
  /** In the topic. */
  readonly messages: number;
  readonly rounds: number;
  /** For stores, one a round. */
  readonly folder: string;
  readonly clock: Clock;
  readonly say: (sentence: string) => void;
}

interface Turn {
  readonly seconds: number;
  readonly userCpuSeconds: number;
}

const US_PER_S = 1_000_000;

/** One round more is run first and not counted: the code is compiled in it. */
export async function measureReadRates(options: ReadRatesOptions): Promise<readonly ReadRate[]> {
  const { client, messages, rounds, say } = options;
  const ways: readonly (readonly [string, (groupId: string) => Promise<Turn>])[] = [
    ['bare eachBatch', async (groupId) => readBare(client, groupId, messages)],
    [
      'eachBatch and JSON.parse',
      async (groupId) =>
        readBare(client, groupId, messages, (value) => void JSON.parse(value.toString('utf8'))),
    ],
    ['consume', async (groupId) => consumeOnce(options, groupId)],
  ];
  const rates = ways.map(([name]) => ({ name, perSecond: [] as number[], perCpuSecond: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const [index, [name, run]] of ways.entries()) {
      const { seconds, userCpuSeconds } = await run(`bench-${index}-${round}`);
      say(`${round === 0 ? 'warming up' : `round ${round}`}: ${name} ${Math.round(messages / seconds)}/s`);
      if (round === 0) continue;
      rates[index]!.perSecond.push(messages / seconds);
      rates[index]!.perCpuSecond.push(messages / userCpuSeconds);
    }
  }
  return rates;
}

/** From the first batch to the last commit. */
async function consumeOnce(
  { client, artifact, messages, folder, clock, say }: ReadRatesOptions,
  groupId: string,
): Promise<Turn> {
  const store = createSqliteStore(join(folder, `${groupId}.db`));
  const member = createKafkaGroup({ ...client, groupId }, clock);
  let startedMs = 0;
  let cpu: NodeJS.CpuUsage | undefined;
  let turn: Turn | undefined;
  const group: PartitionGroup = {
    ...member,
    start: async (listener) =>
      member.start({
        ...listener,
        onBatch: (batch) => {
          if (cpu === undefined) {
            startedMs = performance.now();
            cpu = process.cpuUsage();
          }
          listener.onBatch(batch);
        },
      }),
  };
  const { counts } = await consumePartitions({
    artifact,
    group,
    store,
    sinks: [],
    clock,
    signal: new AbortController().signal,
    untilEnd: true,
    hooks: {
      onWarning: say,
      onCommit: () => {
        turn = {
          seconds: (performance.now() - startedMs) / 1000,
          userCpuSeconds: process.cpuUsage(cpu).user / US_PER_S,
        };
      },
    },
  });
  await store.close();
  if (counts.lines.read !== messages || turn === undefined)
    throw new Error(`the topic has ${messages} messages, and ${counts.lines.read} were read`);
  return turn;
}

export function readRatesTable(rates: readonly ReadRate[], caption: string): BenchTable {
  const bare = rates[0]!;
  const ratio = (a: readonly number[], b: readonly number[]): number =>
    medianOf(a.map((value, round) => value / b[round]!));
  return {
    caption,
    columns: [
      { name: 'work', digits: 0 },
      { name: 'messages/s', digits: 0 },
      { name: 'slowest round', digits: 0 },
      { name: 'fastest round', digits: 0 },
      { name: 'ratio to bare', digits: 2 },
      { name: 'by user CPU', digits: 2 },
    ],
    rows: rates.map(({ name, perSecond, perCpuSecond }) => [
      name,
      medianOf(perSecond),
      Math.min(...perSecond),
      Math.max(...perSecond),
      ratio(perSecond, bare.perSecond),
      ratio(perCpuSecond, bare.perCpuSecond),
    ]),
  };
}
