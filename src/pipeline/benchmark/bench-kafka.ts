// The consumer's rate on a real broker: one process beside a bare loop, then several consumers of one group.
import { join } from 'node:path';
import type { Artifact } from '../../core/artifact.js';
import type { Clock } from '../ports.js';
import { openBenchPlace, topicAddress } from './bench-place.js';
import type { BenchReport } from './bench-report.js';
import { type ConsumerCount, consumerCountTable, measureConsumerCounts } from './consumer-counts.js';
import { measureReadRates, readRatesTable } from './read-rates.js';
import { ratesPlot } from './rates-plot.js';
import { runCommand } from './run-cli.js';

export interface BenchKafkaOptions {
  readonly records: number;
  readonly recordsPerSecond: number;
  readonly rounds: number;
  readonly partitions: number;
  readonly seed: string;
  readonly clock: Clock;
  readonly readArtifact: (folder: string) => Artifact;
  readonly say: (sentence: string) => void;
}

export async function benchKafka(
  options: BenchKafkaOptions,
): Promise<{ readonly report: BenchReport; readonly plot: string }> {
  const { records, recordsPerSecond, rounds, partitions, clock, say } = options;
  const place = await openBenchPlace(options);
  try {
    const client = await place.makeTopic('bench', partitions);
    say(`generating ${records.toLocaleString('en-US')} records and filling the topic with them`);
    const logs = join(place.folder, 'logs');
    await runCommand('generate', {
      out: logs,
      records,
      span: `${Math.max(1, Math.round(records / recordsPerSecond))}s`,
      seed: options.seed,
    });
    const { acknowledged } = (await runCommand('produce', {
      from: `file:${join(logs, 'logs.ndjson')}`,
      to: topicAddress(client),
    })) as { acknowledged: number };
    const rates = await measureReadRates({
      client,
      artifact: options.readArtifact(place.model),
      messages: acknowledged,
      rounds,
      folder: place.folder,
      clock,
      say,
    });
    const counts: ConsumerCount[] = await measureConsumerCounts({
      place,
      client,
      messages: acknowledged,
      // fewer than partitions, as many, more
      consumers: [1, Math.max(2, partitions >> 1), partitions, partitions + 2],
      clock,
      say,
    });
    const caption = `${records.toLocaleString('en-US')} generated records, ${recordsPerSecond.toLocaleString('en-US')} a second by their own time, in ${partitions} partitions; median of ${rounds} rounds in turn, one process, results into SQLite.`;
    return {
      report: {
        title: 'Messages a second from Kafka',
        tables: [readRatesTable(rates, caption), consumerCountTable(counts, partitions)],
        notes: [
          'Ratios are medians of each round’s own ratio. Bare: the client library hands out batches and nothing is done with them. By user CPU: messages for each second of user time, of this process with all its threads.',
          `Consumers are processes of their own, all on one SQLite store; broker and consumers share the machine. Node ${process.versions.node}.`,
        ],
      },
      plot: ratesPlot(rates, counts),
    };
  } finally {
    await place.close();
  }
}
