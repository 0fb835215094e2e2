// `loghorn generate`: synthetic logs with ground truth.
import { type Command, Option } from 'commander';
import { parseDuration } from '../../core/duration.js';
import { parseTimestamp } from '../../core/timestamp.js';
import { ANOMALY_KINDS, type AnomalyKind, isAnomalyKind } from '../generator/anomaly-kinds.js';
import { createGenerator } from '../generator/generator.js';
import { type GeneratorOptions, spanMsFor } from '../generator/options.js';
import { writeDataset } from '../generator/write-dataset.js';
import { parseCount } from './count-option.js';
import { argument, asUsage } from '../../shell/usage.js';
import { STOPPED_EXIT_CODE, stopOnInterrupt } from './interrupt.js';
import { createProgress } from './progress.js';
import { examples } from './examples.js';

interface GenerateFlags {
  readonly out: string;
  readonly records: number;
  readonly span?: number;
  readonly start?: number;
  readonly seed: string;
  readonly anomaliesPerHour: number;
  readonly clean: number;
  readonly kinds?: readonly AnomalyKind[];
}

export function registerGenerate(program: Command): void {
  program
    .command('generate')
    .summary('write synthetic logs with ground truth')
    .description(
      'Writes DIR/logs.ndjson and DIR/labels.json: eleven services with a call graph, day and night, deploys and bursts, and injected anomalies. The same options give the same bytes. After Ctrl-C the same command goes on.',
    )
    .requiredOption('--out <dir>', 'folder to write to')
    .addOption(
      new Option('--records <count>', 'how many records').default(100_000).argParser(argument(parseCount)),
    )
    .addOption(
      new Option('--span <duration>', 'time that they cover')
        .default(undefined, 'a day, more for many records')
        .argParser(argument(parseDuration)),
    )
    .addOption(
      new Option('--start <time>', 'first moment, ISO 8601')
        .default(undefined, 'a Monday evening')
        .argParser(argument(parseStart)),
    )
    .option('--seed <text>', 'another seed, other logs', 'loghorn')
    .addOption(
      new Option('--anomalies-per-hour <rate>', 'in the part that is not clean')
        .default(1)
        .argParser(argument((text) => parseNumber(text, 0, 120))),
    )
    .addOption(
      new Option('--clean <share>', 'share from the start that has no anomalies')
        .default(0.4)
        .argParser(argument((text) => parseNumber(text, 0, 1))),
    )
    .addOption(
      new Option('--kinds <list>', `kinds of anomalies: ${KIND_NAMES}`)
        .default(undefined, 'all')
        .argParser(argument(parseKinds)),
    )
    .addHelpText(
      'after',
      examples(
        'loghorn generate --out data/shop',
        'loghorn generate --out data/day --records 432000 --span 1d --anomalies-per-hour 0',
      ),
    )
    .action(async (flags: GenerateFlags) => {
      const options: GeneratorOptions = {
        seed: flags.seed,
        records: flags.records,
        durationMs: flags.span ?? spanMsFor(flags.records),
        anomaliesPerHour: flags.anomaliesPerHour,
        cleanShare: flags.clean,
        ...(flags.start === undefined ? {} : { startMs: flags.start }),
        ...(flags.kinds === undefined ? {} : { kinds: flags.kinds }),
      };
      // what cannot be met is wrong usage; the generator says which option it is
      asUsage(() => createGenerator(options));
      const progress = createProgress();
      const written = await writeDataset(options, flags.out, {
        signal: stopOnInterrupt(),
        onProgress: ({ records }) => progress.show('generating', records, flags.records),
        onNotice: (sentence) => process.stderr.write(`${sentence}\n`),
      }).finally(() => progress.stop());
      if (!written.isComplete) {
        process.stderr.write(`stopped after ${written.records} records; the same command goes on\n`);
        process.exitCode = STOPPED_EXIT_CODE;
        return;
      }
      process.stdout.write(
        `${JSON.stringify({ logs: written.logsPath, labels: written.labelsPath, records: written.records, bytes: written.bytes, anomalies: written.labels })}\n`,
      );
    });
}

function parseNumber(text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high))
    throw new RangeError(`'${text}' is not a number from ${low} to ${high}`);
  return value;
}

function parseStart(text: string): number {
  const startMs = parseTimestamp(text, { zoneOffsetMinutes: 0 });
  if (startMs === undefined)
    throw new RangeError(`'${text}' is no time: write for example 2026-03-02T18:00:00Z`);
  return startMs;
}

const KIND_NAMES = Object.keys(ANOMALY_KINDS).join(', ');

function parseKinds(text: string): readonly AnomalyKind[] {
  return text.split(',').map((name) => {
    if (!isAnomalyKind(name)) throw new RangeError(`no kind is called '${name}'; there are ${KIND_NAMES}`);
    return name;
  });
}
