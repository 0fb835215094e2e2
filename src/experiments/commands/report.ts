// `loghorn report`: the errors of a model on labelled logs, as one page to read and its data to work with.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { readArtifact } from '../artifact-folder.js';
import { parseLabels } from '../evaluate/read-labels.js';
import { readFeedback } from '../feedback/read-feedback.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { spoolStandardInput } from '../input/spool.js';
import { describeTally } from '../input/tally.js';
import { analyseErrors } from '../report/analyse-errors.js';
import { renderReport } from '../report/render-report.js';
import { argument } from '../../shell/usage.js';
import { addInputOptions, type InputFlags, inputOptionsOf } from './input-options.js';
import { STOPPED_EXIT_CODE, stopOnInterrupt } from './interrupt.js';
import { createProgress } from './progress.js';
import { makeFolder } from '../../shell/make-folder.js';

interface ReportFlags extends InputFlags {
  readonly model: string;
  readonly input: readonly string[];
  readonly labels: string;
  readonly out?: string;
  readonly perFile: boolean;
  readonly keepFitSpan: boolean;
  readonly cards: number;
  readonly feedback?: string;
}

const REPORTS_FOLDER = 'reports';

export function registerReport(program: Command): void {
  const command = program
    .command('report')
    .summary('analyse the errors of a model, as a page to read')
    .description(
      'Scores labelled logs and writes one self-contained HTML page and its data as JSON: measures beside baselines, what was missed and what alerted for nothing with its lines, other thresholds, drift, and whether the data suits. Windows of the time that the model was fitted on are left out.',
    )
    .requiredOption('--model <folder>', 'the artifact, as fit printed it')
    .requiredOption('--input <files...>', 'files, globs, folders or - for standard input')
    .requiredOption('--labels <file>', 'labels.json')
    .addOption(
      new Option('--out <file>', 'the page; its data goes beside it').default(
        undefined,
        'errors-NAME-VERSION.html in reports/',
      ),
    )
    .option('--feedback <file>', 'judged alerts, as feedback printed them: shown beside the labels')
    .option('--per-file', 'start each input from fresh state', false)
    .option('--keep-fit-span', 'judge all windows: the logs are others than those of the fit', false)
    .addOption(
      new Option('--cards <count>', 'missed labels, and false alerts, that are shown in full')
        .default(12)
        .argParser(argument(parseCards)),
    );
  addInputOptions(command).action(async (flags: ReportFlags) => {
    const signal = stopOnInterrupt();
    const artifact = readArtifact(flags.model);
    const labelsText = readFileSync(flags.labels, 'utf8');
    const labels = parseLabels(labelsText);
    const feedback = flags.feedback === undefined ? undefined : readFeedback(flags.feedback);
    const files = await spoolStandardInput(resolveInputs(flags.input));
    const progress = createProgress();
    const analysis = await analyseErrors(
      files,
      artifact,
      labels,
      {
        command: `loghorn ${process.argv.slice(2).join(' ')}`,
        labelsFile: {
          name: basename(flags.labels),
          sha256: createHash('sha256').update(labelsText).digest('hex'),
        },
        input: inputOptionsOf(flags),
        perFile: flags.perFile,
        keepFitSpan: flags.keepFitSpan,
        maxCards: flags.cards,
        feedback,
      },
      {
        signal,
        onStage: (stage, done, total) => progress.show(stage, done, total),
        onWarning: (sentence) => process.stderr.write(`${sentence}\n`),
      },
    ).finally(() => progress.stop());
    if (analysis === undefined) {
      process.stderr.write('stopped; nothing was written\n');
      process.exitCode = STOPPED_EXIT_CODE;
      return;
    }
    const { tally, totals } = analysis.run;
    process.stderr.write(`${describeTally(tally)}\n`);
    if (totals.leftOut > 0)
      process.stderr.write(`${totals.leftOut} windows of the fit's own span were left out\n`);

    const report = flags.out ?? join(REPORTS_FOLDER, `errors-${artifact.name}-${artifact.version}.html`);
    const data = `${report.replace(/\.html?$/i, '')}.json`;
    makeFolder(dirname(report));
    writeFileSync(report, renderReport(analysis));
    writeFileSync(data, `${JSON.stringify(analysis)}\n`);
    const { events, windows, intervals } = analysis.evaluation;
    process.stdout.write(
      `${JSON.stringify({
        report,
        data,
        labels: events.labels,
        caught: events.caught,
        eventRecall: events.recall,
        eventRecallInterval: intervals.eventRecall,
        eventPrecision: events.precision,
        falseAlerts: events.falseAlerts,
        falseAlertsADay: events.falseAlertsADay,
        medianDelayMs: events.medianDelayMs,
        windowRocAuc: windows.rocAuc,
        windowPrAuc: windows.prAuc,
        driftPasses:
          analysis.drift.features.every(({ passes }) => passes) && analysis.drift.score.passes !== false,
        suitable: analysis.suitability.every(({ passes }) => passes),
      })}\n`,
    );
  });
}

function parseCards(text: string): number {
  const cards = Number(text);
  if (text.trim() === '' || !Number.isInteger(cards) || cards < 0 || cards > 1000)
    throw new RangeError(`'${text}' is no number of cards: write a whole number from 0 to 1000`);
  return cards;
}
