// `loghorn benchmark`: how well and how fast, on data that somebody else labelled. Nothing is written.
import { type Command, Option } from 'commander';
import { benchmarkTemplates } from '../benchmark/templates.js';
import { renderReport, type ReportStyle } from '../benchmark/render-report.js';
import type { BenchmarkReport } from '../benchmark/report.js';

interface StyleFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

export function registerBenchmark(program: Command): void {
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
}

function print(report: BenchmarkReport, { json, markdown }: StyleFlags): void {
  const style: ReportStyle = json ? 'json' : markdown ? 'markdown' : 'text';
  process.stdout.write(renderReport(report, `loghorn ${process.argv.slice(2).join(' ')}`, style));
}
