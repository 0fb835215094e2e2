// `loghorn benchmark kafka` and `loghorn benchmark latency`: how fast and how soon, on a real broker that is started for it.
import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Artifact } from '../../core/artifact.js';
import { benchKafka } from '../benchmark/bench-kafka.js';
import { benchLatency } from '../benchmark/bench-latency.js';
import type { BenchReport } from '../benchmark/bench-report.js';
import { createWallClock } from '../clock.js';
import { countOption } from './kafka-options.js';

/** What the workbench has and the pipeline may not reach for itself. */
export interface KafkaBenchDeps {
  readArtifact(folder: string): Artifact;
  renderReport(report: BenchReport, command: string, style: 'text' | 'markdown' | 'json'): string;
}

interface StyleFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly plot?: string;
}

interface KafkaFlags extends StyleFlags {
  readonly thousands: number;
  readonly density: number;
  readonly rounds: number;
  readonly partitions: number;
  readonly seed: string;
}

interface LatencyFlags extends StyleFlags {
  readonly rate: readonly number[];
  readonly seconds: number;
  readonly partitions: number;
  readonly seed: string;
}

const RATES = [1000, 10_000, 50_000];

/** @param benchmark the command that they belong to */
export function registerKafkaBench(benchmark: Command, deps: KafkaBenchDeps): void {
  const add = (name: string): Command =>
    benchmark
      .command(name)
      .exitOverride()
      .addOption(new Option('--json', 'one JSON object with every digit').conflicts('markdown'))
      .option('--markdown', 'tables for a document')
      .option('--plot <file>', 'write the figures as SVG, too')
      .option('--seed <text>', 'another seed, other logs', 'loghorn');
  const print = (report: BenchReport, plot: string, { json, markdown, plot: path }: StyleFlags): void => {
    const command = `loghorn ${process.argv.slice(2).join(' ')}`;
    process.stdout.write(deps.renderReport(report, command, json ? 'json' : markdown ? 'markdown' : 'text'));
    if (path !== undefined) writeFileSync(path, plot);
  };
  const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);

  add('kafka')
    .description(
      'Messages a second that are consumed, beside a bare eachBatch loop over the same topic in turns, and by several consumers of one group. Starts a broker.',
    )
    .addOption(countOption('--thousands <count>', 'of messages in the topic').default(1000))
    .addOption(
      countOption(
        '--density <count>',
        'records a second by their own time: the fewer, the more windows',
      ).default(10_000),
    )
    .addOption(countOption('--rounds <count>', 'how often each is measured').default(5))
    .addOption(countOption('--partitions <count>', 'of the topic').default(4))
    .action(async (flags: KafkaFlags) => {
      const { thousands, density, rounds, partitions, seed } = flags;
      const { report, plot } = await benchKafka({
        records: thousands * 1000,
        recordsPerSecond: density,
        rounds,
        partitions,
        seed,
        clock: createWallClock(),
        readArtifact: (folder) => deps.readArtifact(folder),
        say,
      });
      print(report, plot, flags);
    });

  add('latency')
    .description(
      'How long each stage takes from a log record to its score, at given rates: an open-loop producer, a broker and a consumer, each a process of its own. Starts a broker.',
    )
    .addOption(
      new Option('--rate <rates...>', 'records a second, one run each')
        .default(RATES, RATES.join(' '))
        .argParser(parseRates),
    )
    .addOption(countOption('--seconds <count>', 'of each run').default(75))
    .addOption(countOption('--partitions <count>', 'of the topic').default(4))
    .action(async (flags: LatencyFlags) => {
      const { rate: rates, seconds, partitions, seed } = flags;
      const clock = createWallClock();
      const { report, plot } = await benchLatency({ rates, seconds, partitions, seed, clock, say });
      print(report, plot, flags);
    });
}

/** Commander calls it once for each word. */
function parseRates(text: string, before?: readonly number[]): readonly number[] {
  const rate = Number(text);
  if (!Number.isInteger(rate) || rate < 1 || rate > 1_000_000)
    throw new InvalidArgumentError(`'${text}' is no rate: write whole records a second, such as 10000`);
  return [...(before === undefined || before === RATES ? [] : before), rate];
}
