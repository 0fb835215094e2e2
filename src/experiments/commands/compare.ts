// `loghorn compare`: all detectors on one sequential split, as a table.
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { DETECTOR_NAMES, type DetectorName } from '../../core/detector/detector.js';
import { compareDetectors, type Comparison } from '../compare/compare-detectors.js';
import { compareRows, formatCompareTable } from '../evaluate/compare-table.js';
import { parseLabels } from '../evaluate/read-labels.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { spoolStandardInput } from '../input/spool.js';
import { describeTally } from '../input/tally.js';
import { addFitOptions, type FitFlags, fitOptionsOf } from './fit.js';
import { argument } from '../../shell/usage.js';
import { stopOnInterrupt } from './interrupt.js';
import { createProgress } from './progress.js';

interface CompareFlags extends FitFlags {
  readonly labels: string;
  readonly detectors: readonly DetectorName[];
  readonly split: number;
  readonly json?: boolean;
}

export function registerCompare(program: Command): void {
  const command = program
    .command('compare')
    .summary('several detectors on one sequential split')
    .description(
      'Fits every detector on the first part of the time and judges it on the rest. A table on standard output, or JSON with --json.',
    )
    .argument('<input...>', 'files, globs, folders or - for standard input')
    .addOption(
      new Option('--detectors <list>', `of ${DETECTOR_NAMES.join(', ')}`)
        .default([...DETECTOR_NAMES], 'all')
        .argParser(argument(parseDetectors)),
    )
    .addOption(
      new Option('--split <share>', 'share of the time that is fitted on')
        .default(0.4)
        .argParser(argument(parseShare)),
    )
    .option('--json', 'the whole evaluation of each detector');
  addFitOptions(command).action(async (named: string[], flags: CompareFlags) => {
    if (flags.labels === undefined) command.error("error: required option '--labels <file>' not specified");
    const labels = parseLabels(readFileSync(flags.labels, 'utf8'));
    const files = await spoolStandardInput(resolveInputs(named));
    const progress = createProgress();
    const comparison = await compareDetectors(
      files,
      labels,
      {
        ...fitOptionsOf({ ...flags, name: 'compare' }),
        contestants: flags.detectors.map((detector) => ({ name: detector, detector, seed: flags.seed })),
        split: flags.split,
        nowMs: () => performance.now(),
      },
      { signal: stopOnInterrupt(), onStage: (stage, done, total) => progress.show(stage, done, total) },
    ).finally(() => progress.stop());
    process.stderr.write(
      `${describeTally(comparison.tally)}; fitted before ${new Date(comparison.splitMs).toISOString()}, judged from then on\n`,
    );
    process.stdout.write(
      flags.json
        ? `${JSON.stringify(withoutWindows(comparison))}\n`
        : `${formatCompareTable(compareRows(comparison.compared.map(({ detector, evaluation }) => [detector, evaluation])))}\n`,
    );
  });
}

/** Tens of thousands of windows a detector are what `loghorn score` is for. */
function withoutWindows({ splitMs, compared, tally }: Comparison): object {
  return {
    splitMs,
    compared: compared.map(({ detector, evaluation, fitMs, scoreMs }) => ({
      detector,
      evaluation,
      fitMs,
      scoreMs,
    })),
    tally,
  };
}

function parseDetectors(text: string): readonly DetectorName[] {
  return text.split(',').map((name) => {
    const detector = DETECTOR_NAMES.find((each) => each === name.trim());
    if (!detector)
      throw new RangeError(`no detector is called '${name}'; there are ${DETECTOR_NAMES.join(', ')}`);
    return detector;
  });
}

function parseShare(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share < 1)) throw new RangeError(`'${text}' is not a share between 0 and 1`);
  return share;
}
