// `loghorn fit`: logs in, an artifact out.
import { type Command, Option } from 'commander';
import { DETECTOR_NAMES, type DetectorName } from '../../core/detector/detector.js';
import { parseDuration, parsePerDay } from '../../core/duration.js';
import type { MinerName } from '../../core/template/template.js';
import { parseTimestamp } from '../../core/timestamp.js';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { MODELS_FOLDER, writeArtifact } from '../artifact-folder.js';
import { finishFit, type FitOptions, prepareFit } from '../fit/fit.js';
import { type InputFile, resolveInputs } from '../input/resolve-inputs.js';
import { splitTimeMs } from '../input/split-time.js';
import { spoolStandardInput } from '../input/spool.js';
import { describeTally } from '../input/tally.js';
import { argument } from '../../shell/usage.js';
import { addInputOptions, type InputFlags, inputOptionsOf } from './input-options.js';
import { stopOnInterrupt } from './interrupt.js';
import { createProgress } from './progress.js';
import { examples } from './examples.js';

export interface FitFlags extends InputFlags {
  readonly name: string;
  readonly labels?: string;
  readonly detector: DetectorName;
  readonly miner: MinerName;
  readonly budget: number;
  readonly groupBy: 'service' | 'all';
  readonly window: number;
  readonly hop?: number;
  readonly lateness: number;
  readonly rolling: number;
  readonly hold: number;
  readonly seasonality: boolean;
  readonly perFile: boolean;
  readonly canary?: boolean;
  readonly seed: string;
}

export function addFitOptions(command: Command): Command {
  const duration = argument(parseDuration);
  return addInputOptions(command)
    .option(
      '--labels <file>',
      'labels.json: what it marks is no part of what is usual, and measures the recall',
    )
    .addOption(
      new Option('--budget <rate>', 'false alerts allowed for each source, e.g. 2/day')
        .default(parsePerDay('0.5/day'), '0.5/day')
        .argParser(argument(parsePerDay)),
    )
    .addOption(
      new Option('--group-by <unit>', 'what is scored').choices(['service', 'all']).default('service'),
    )
    .addOption(
      new Option('--window <duration>', 'length of a window').default(30_000, '30s').argParser(duration),
    )
    .addOption(
      new Option('--hop <duration>', 'distance of window starts')
        .default(undefined, 'the window')
        .argParser(duration),
    )
    .addOption(
      new Option('--lateness <duration>', 'how far records may be out of order')
        .default(5000, '5s')
        .argParser(duration),
    )
    .addOption(
      new Option('--rolling <duration>', 'horizon of the rolling statistics')
        .default(300_000, '5m')
        .argParser(duration),
    )
    .addOption(
      new Option('--hold <duration>', 'how long a high score lasts')
        .default(300_000, '5m')
        .argParser(duration),
    )
    .option('--seasonality', 'the hour of day is a feature', false)
    .option('--per-file', 'each input is a run of its own', false)
    .addOption(
      new Option('--miner <name>', 'how templates are found').choices(['shape', 'drain']).default('shape'),
    )
    .option('--seed <text>', 'everything that is left to chance follows from it', '1');
}

export function fitOptionsOf(flags: FitFlags): FitOptions {
  return {
    name: flags.name,
    detector: flags.detector,
    miner: flags.miner,
    seed: flags.seed,
    budgetPerDay: flags.budget,
    window: {
      ...DEFAULT_WINDOW_SPEC,
      // a source may sleep no sooner than one window is long
      maxSilenceMs: Math.max(DEFAULT_WINDOW_SPEC.maxSilenceMs, flags.window),
      maxJumpMs: Math.max(DEFAULT_WINDOW_SPEC.maxJumpMs, flags.window),
      windowMs: flags.window,
      hopMs: flags.hop ?? flags.window,
      groupBy: flags.groupBy,
      allowedLatenessMs: flags.lateness,
    },
    rollingMs: flags.rolling,
    holdMs: flags.hold,
    seasonality: flags.seasonality,
    perFile: flags.perFile,
    canary: flags.canary,
    input: inputOptionsOf(flags),
    labelsPath: flags.labels,
  };
}

export function registerFit(program: Command): void {
  const command = program
    .command('fit')
    .summary('learn what is usual and write an artifact')
    .description(
      'Learns templates, features, detector and threshold from healthy logs and writes an artifact.',
    )
    .argument('<input...>', 'files, globs, folders or - for standard input')
    .addOption(
      new Option('--name <name>', 'name of the artifact')
        .makeOptionMandatory()
        .argParser(argument(checkName)),
    )
    .addOption(new Option('--detector <name>', 'the algorithm').choices(DETECTOR_NAMES).default('combined'))
    .addOption(
      new Option(
        '--until <when>',
        'fit on what came before: a share of the time such as 60%, or an ISO time',
      ).argParser(argument(parseUntil)),
    )
    .option('--canary', 'teach the model the life of the detection canary, too; nothing else in it changes')
    .option('--models <folder>', 'where artifacts are kept', MODELS_FOLDER);
  command.addHelpText(
    'after',
    examples(
      'loghorn fit last-week/*.log.gz --name app',
      'loghorn fit logs.ndjson --until 40% --name shop --budget 2/day',
    ),
  );
  addFitOptions(command).action(
    async (named: string[], flags: FitFlags & { readonly models: string; readonly until?: Until }) => {
      const signal = stopOnInterrupt();
      const progress = createProgress();
      const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const files = await spoolStandardInput(resolveInputs(named));
      const options = { ...fitOptionsOf(flags), untilMs: await untilMsOf(files, flags) };
      const data = await prepareFit(files, options, {
        signal,
        onStage: (stage, done, total) => progress.show(stage, done, total),
        onWarning: say,
      }).finally(() => progress.stop());
      const artifact = finishFit(data, options);
      const folder = writeArtifact(artifact, flags.models);
      const { threshold } = artifact;
      say(describeTally(data.tally));
      say(
        `${data.dictionary.templates.length} templates, ${artifact.provenance.windows} windows of ${new Set(data.windows.map(({ source }) => source)).size} sources, threshold ${threshold.value.toFixed(3)} (${threshold.interval.map((each) => each.toFixed(3)).join(' to ')})`,
      );
      process.stdout.write(
        `${JSON.stringify({
          model: folder,
          detector: options.detector,
          threshold: threshold.value,
          healthyAlertsPerDay: threshold.healthyAlertsPerDay,
          expectedRecall: threshold.expectedRecall,
          templates: data.dictionary.templates.length,
          windows: artifact.provenance.windows,
          ...data.tally,
        })}\n`,
      );
    },
  );
}

type Until = { readonly timeMs: number } | { readonly share: number };

function parseUntil(text: string): Until {
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(text);
  if (share && Number(share[1]) > 0 && Number(share[1]) <= 100) return { share: Number(share[1]) / 100 };
  const timeMs = share ? undefined : parseTimestamp(text, { zoneOffsetMinutes: 0 });
  if (timeMs === undefined)
    throw new RangeError(
      `'${text}' is neither a share nor a time: write for example 60% or 2026-03-03T04:00:00Z`,
    );
  return { timeMs };
}

async function untilMsOf(
  files: readonly InputFile[],
  flags: FitFlags & { readonly until?: Until },
): Promise<number | undefined> {
  if (flags.until === undefined) return undefined;
  return 'timeMs' in flags.until
    ? flags.until.timeMs
    : splitTimeMs(files, flags.until.share, flags.hop ?? flags.window, inputOptionsOf(flags));
}

function checkName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name))
    throw new RangeError(`'${name}' cannot name a folder: use letters, digits, dot, dash and underscore`);
  return name;
}
