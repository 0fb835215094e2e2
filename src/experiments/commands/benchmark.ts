// `loghorn benchmark`: how well and how fast, on data that somebody else labelled. Nothing is written.
import { type Command, Option } from 'commander';
import { parsePerDay } from '../../core/duration.js';
import { benchmarkHdfs } from '../benchmark/hdfs.js';
import { benchmarkNova, type SplitOptions } from '../benchmark/nova.js';
import { benchmarkTemplates } from '../benchmark/templates.js';
import { DEFAULT_BUDGET_PER_DAY } from '../benchmark/race.js';
import { benchmarkThroughput } from '../benchmark/throughput.js';
import { benchmarkTrainticket } from '../benchmark/trainticket.js';
import { renderReport, type ReportStyle } from '../benchmark/render-report.js';
import type { BenchmarkReport } from '../benchmark/report.js';
import { parseCount } from './count-option.js';
import { argument } from '../../shell/usage.js';
import { createProgress } from './progress.js';

interface StyleFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

interface SplitFlags extends StyleFlags {
  readonly splits: number;
  readonly budget: number;
  readonly seed: string;
}

interface ThroughputFlags extends StyleFlags {
  readonly model?: string;
  readonly records: number;
  readonly rounds: number;
  readonly seed: string;
}

/** @returns the command, for what else is measured */
export function registerBenchmark(program: Command): Command {
  const benchmark = program
    .command('benchmark')
    .summary('measure accuracy on labelled data, and speed')
    .description(
      'Measures accuracy on data that somebody else labelled, and speed. A table on standard output, with the command that makes it again.',
    );
  const add = (name: string): Command =>
    benchmark
      .command(name)
      .exitOverride()
      .addOption(new Option('--json', 'one JSON object with every digit').conflicts('markdown'))
      .option('--markdown', 'a table for a document');

  add('templates')
    .description('Grouping of log lines beside the true templates, our miner and our Drain.')
    .argument('<folder>', 'one folder a system, with *_2k.log_structured.csv[.gz]')
    .action((folder: string, flags: StyleFlags) => print(benchmarkTemplates(folder), flags));

  addSplitOptions(add('nova'))
    .description('Bugs injected into OpenStack: failed runs against control runs, by run and by window.')
    .argument('<folder>', 'runs as *.jsonl.gz with labels.json and windows_30s.csv')
    .action((folder: string, flags: SplitFlags) => runSplits(benchmarkNova, folder, flags));

  addSplitOptions(add('trainticket'))
    .description('Faults injected into TrainTicket: windows before the injection against windows after it.')
    .argument('<folder>', 'incident_NN.jsonl.gz and fault_free.jsonl.gz with labels.json and windows_30s.csv')
    .action((folder: string, flags: SplitFlags) => runSplits(benchmarkTrainticket, folder, flags));

  add('hdfs')
    .description('HDFS, labelled by block: what windows can and cannot say about sessions.')
    .argument('<folder>', 'events.jsonl.gz and block_labels.csv')
    .option('--seed <text>', 'another seed, other chance', '1')
    .action(async (folder: string, flags: StyleFlags & { readonly seed: string }) => {
      print(
        await withProgress((onProgress) => benchmarkHdfs(folder, { seed: flags.seed, onProgress })),
        flags,
      );
    });

  add('throughput')
    .description('Records a second, beside a bare loop of JSON.parse over the same lines.')
    .argument('[file]', 'NDJSON to read instead of generated logs')
    .option(
      '--model <folder>',
      'score with this artifact instead of one fitted on the first part of the file',
    )
    .addOption(
      new Option('--records <count>', 'how many are generated')
        .default(1_000_000, '1M')
        .argParser(argument(parseCount)),
    )
    .addOption(
      new Option('--rounds <count>', 'how often each is measured').default(3).argParser(argument(parseCount)),
    )
    .option('--seed <text>', 'another seed, other logs', 'loghorn')
    .action(async (path: string | undefined, flags: ThroughputFlags) => {
      const { model, records, rounds, seed } = flags;
      const clocks = {
        wallMs: () => performance.now(),
        cpuMs: () => {
          const { user, system } = process.cpuUsage();
          return (user + system) / 1000;
        },
      };
      print(
        await withProgress((onProgress) =>
          benchmarkThroughput({ path, model, records, rounds, seed, clocks, onProgress }),
        ),
        flags,
      );
    });
  return benchmark;
}

function addSplitOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--splits <count>', 'random halves to fit on besides the fixed one')
        .default(0)
        .argParser(argument(parseSplits)),
    )
    .addOption(
      new Option('--budget <rate>', 'false alerts that the threshold is chosen for, e.g. 2/day')
        .default(DEFAULT_BUDGET_PER_DAY, `${DEFAULT_BUDGET_PER_DAY}/day`)
        .argParser(argument(parsePerDay)),
    )
    .option('--seed <text>', 'another seed, other halves', '1');
}

async function runSplits(
  run: (folder: string, options: SplitOptions) => Promise<BenchmarkReport>,
  folder: string,
  flags: SplitFlags,
): Promise<void> {
  const { splits, seed, budget: budgetPerDay } = flags;
  print(await withProgress((onProgress) => run(folder, { splits, seed, budgetPerDay, onProgress })), flags);
}

async function withProgress<T>(
  work: (onProgress: (stage: string, done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const progress = createProgress();
  return work((stage, done, total) => progress.show(stage, done, total)).finally(() => progress.stop());
}

function parseSplits(text: string): number {
  const splits = Number(text);
  if (text.trim() === '' || !Number.isInteger(splits) || splits < 0 || splits > 100)
    throw new RangeError(`'${text}' is no number of splits: write a whole number from 0 to 100`);
  return splits;
}

function print(report: BenchmarkReport, { json, markdown }: StyleFlags): void {
  const style: ReportStyle = json ? 'json' : markdown ? 'markdown' : 'text';
  process.stdout.write(renderReport(report, `loghorn ${process.argv.slice(2).join(' ')}`, style));
}
