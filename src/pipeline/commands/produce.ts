// `loghorn produce`: records into Kafka, from a file, standard input or the generator.
import { type Command, Option } from 'commander';
import type { InputOptions } from '../../core/artifact.js';
import { parseDuration } from '../../core/duration.js';
import { sourceOfPath } from '../../core/source-name.js';
import type { SyntheticFeed } from '../adapters/feed-source.js';
import { createFileSource } from '../adapters/file-source.js';
import { createFollowSource } from '../adapters/follow-source.js';
import { type Compression, COMPRESSIONS } from '../adapters/kafka-codecs.js';
import { createStdinSource } from '../adapters/stdin-source.js';
import { canaryOption, type CanaryFlags } from '../canary/canary-option.js';
import { createWallClock } from '../clock.js';
import { type KafkaAddress, parseKafkaAddress } from '../kafka/kafka-address.js';
import type { Clock, Json } from '../ports.js';
import type { RawSource } from '../produce/produce.js';
import { produceToKafka, type ProduceReport } from '../produce/produce-to-kafka.js';
import { describeTraffic, type TrafficRate } from '../produce/describe-traffic.js';
import { createRawSource } from '../produce/raw-source.js';
import { createTrafficSource } from '../produce/traffic-source.js';
import { addKafkaLogin, clientOptionsOf, countOption, type KafkaLoginFlags } from './kafka-options.js';
import { argument, asUsage } from '../../shell/usage.js';
import { examples } from './examples.js';
import { parseAnomalies, parseInput, parseRate, type ProduceInput } from './produce-words.js';

/** What the workbench has and the pipeline may not reach for itself. */
export interface ProduceDeps {
  stopOnInterrupt(): AbortSignal;
  addInputOptions(command: Command): Command;
  inputOptionsOf(flags: object): InputOptions;
  /** Live synthetic traffic with its ground truth, from now on or from a snapshot. */
  openTraffic(options: TrafficOptions, from: Json): Traffic;
}

interface TrafficOptions {
  readonly seed: string;
  readonly startMs: number;
  readonly recordsPerSecond: number;
  readonly anomaliesPerHour: number;
}

export interface Traffic extends SyntheticFeed, TrafficRate {
  labels(): readonly { readonly id: string }[];
}

interface ProduceFlags extends KafkaLoginFlags, CanaryFlags {
  readonly to: KafkaAddress;
  readonly from: ProduceInput;
  readonly follow: boolean;
  readonly rate?: number;
  readonly seed: string;
  readonly anomaliesPerHour: number;
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly compression: Compression;
  readonly state?: string;
  readonly for?: number;
}

const DEFAULT_TRAFFIC_RATE = 100;

export function registerProduce(program: Command, deps: ProduceDeps): void {
  const command = program
    .command('produce')
    .summary('send log records to Kafka')
    .description(
      'Sends records to a Kafka topic, keyed by their source: simulated traffic unless --from says otherwise. Every record is acknowledged by all replicas in sync. With --state, a run that was stopped or killed is taken up by the next one, and each record is there once. At the end, one line of JSON with counts and delays.',
    )
    .addOption(
      new Option('--to <address>', 'kafka://host:port[,host:port]/topic')
        .makeOptionMandatory()
        .argParser(argument(parseKafkaAddress)),
    )
    .addOption(
      new Option('--from <source>', 'file:PATH, stdin or synthetic')
        .default({ kind: 'synthetic' }, 'synthetic')
        .argParser(argument(parseInput)),
    )
    .option('--follow', 'go on reading as the file grows, through rotation, like tail -F', false)
    .addOption(
      new Option(
        '--rate <rate>',
        'such as 10000/s, by the clock whatever the broker does; of synthetic traffic the mean of a week, with more by day and less at night, as generate has it',
      )
        .default(undefined, `${DEFAULT_TRAFFIC_RATE}/s of synthetic, of a file as fast as it goes`)
        .argParser(argument(parseRate)),
    )
    .addOption(new Option('--for <duration>', 'stop after so long').argParser(argument(parseDuration)))
    .option('--state <file>', 'where this producer keeps its place, to go on from it')
    .addOption(countOption('--partitions <count>', 'make the topic with so many if there is none'))
    .addOption(countOption('--replication-factor <count>', 'of a topic that is made'))
    .addOption(new Option('--compression <name>', 'of what is sent').choices(COMPRESSIONS).default('none'))
    .addOption(canaryOption('send a small service of known troubles beside the rest, for `consume --canary`'))
    .option('--seed <text>', 'of synthetic traffic', 'loghorn')
    .addOption(
      new Option('--anomalies-per-hour <rate>', 'of synthetic traffic; their truth goes to TOPIC.labels')
        .default(6)
        .argParser(argument(parseAnomalies)),
    );
  command.addHelpText(
    'after',
    examples(
      'loghorn produce --to kafka://127.0.0.1:19092/logs --rate 5/s --state data/produce.json',
      'loghorn produce --to kafka://127.0.0.1:19092/logs --from file:app.log --follow --partitions 6',
    ),
  );
  addKafkaLogin(deps.addInputOptions(command)).action(async (flags: ProduceFlags) => run(flags, deps));
}

async function run(flags: ProduceFlags, deps: ProduceDeps): Promise<void> {
  asUsage(() => checkFlags(flags));
  const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
  const timer = new AbortController();
  const stopTimer = flags.for === undefined ? undefined : setTimeout(() => timer.abort(), flags.for);
  const clock = createWallClock();
  let traffic: Traffic | undefined;
  const wantedTraffic: TrafficOptions = {
    seed: flags.seed,
    startMs: Math.floor(clock.nowMs()),
    recordsPerSecond: flags.rate ?? DEFAULT_TRAFFIC_RATE,
    anomaliesPerHour: flags.anomaliesPerHour,
  };
  const openTraffic = (from: Json): Traffic => {
    traffic = deps.openTraffic({ ...wantedTraffic, startMs: Math.floor(clock.nowMs()) }, from);
    for (const sentence of describeTraffic(traffic, flags.rate, clock.nowMs())) say(sentence);
    return traffic;
  };
  // what the shop cannot do is said before any broker is looked for
  if (flags.from.kind === 'synthetic') asUsage(() => deps.openTraffic(wantedTraffic, undefined));
  let report: ProduceReport;
  try {
    report = await produceToKafka({
      client: clientOptionsOf(flags.to, flags, say),
      source: openSource(flags, deps, clock, openTraffic, say),
      labels: flags.from.kind === 'synthetic' ? () => traffic?.labels() ?? [] : undefined,
      canaryEveryMs: flags.canary,
      clock,
      signal: AbortSignal.any([deps.stopOnInterrupt(), timer.signal]),
      say,
      statePath: flags.state,
      ratePerSecond: flags.from.kind === 'synthetic' ? undefined : flags.rate,
      partitions: flags.partitions,
      replicationFactor: flags.replicationFactor,
      compression: flags.compression,
    });
  } finally {
    clearTimeout(stopTimer);
  }
  const { failure, ...summary } = report;
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  if (failure !== undefined) throw failure;
}

function checkFlags({ from, follow, state }: ProduceFlags): void {
  if (follow && from.kind !== 'file')
    throw new Error('--follow is for --from file:PATH: the others go on by themselves');
  if (state !== undefined && from.kind === 'stdin')
    throw new Error('standard input cannot be read again: --state is for files and synthetic traffic');
}

function openSource(
  { from, follow, state, ...flags }: ProduceFlags,
  deps: ProduceDeps,
  clock: Clock,
  openTraffic: (from: Json) => Traffic,
  onWarning: (sentence: string) => void,
): RawSource {
  if (from.kind === 'synthetic') return createTrafficSource(openTraffic, clock, state !== undefined);
  const defaultSource = from.kind === 'stdin' ? 'stdin' : sourceOfPath(from.path);
  const reading = {
    input: deps.inputOptionsOf(flags),
    defaultSource,
    referenceYear: new Date(clock.nowMs()).getUTCFullYear(),
  };
  return createRawSource(defaultSource, (onLine) => {
    if (from.kind === 'stdin') return createStdinSource({ ...reading, onLine }, process.stdin, clock);
    const options = { ...reading, onLine, path: from.path, onWarning };
    return follow ? createFollowSource(options, clock) : createFileSource(options, clock);
  });
}
