// `loghorn tune`: what people said about alerts as a proposed change of the artifact, replayed before anybody adopts it.
import { writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { basename, dirname } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Artifact } from '../../core/artifact.js';
import { parseDuration } from '../../core/duration.js';
import { createWallClock } from '../clock.js';
import type { StoreAddress } from '../store/store-address.js';
import { describeTune } from '../tune/describe-tune.js';
import { shellWords } from '../tune/shell-words.js';
import type { TuneDeps } from '../tune/tune-deps.js';
import { tuneStore } from '../tune/tune-store.js';
import type { TuneResult } from '../tune/tune.js';
import { storeOption } from './store-option.js';
import { argument } from '../../shell/usage.js';
import { examples } from './examples.js';

interface TuneFlags {
  readonly store: StoreAddress;
  readonly model: string;
  readonly input?: readonly string[];
  readonly since: number;
  readonly thresholds: boolean;
  readonly mutes: boolean;
  readonly except: readonly string[];
  readonly adopt: boolean;
  readonly acceptLost: boolean;
  readonly name?: string;
  readonly out?: string;
  readonly labelsOut?: string;
  readonly by?: string;
}

const DAY_MS = 86_400_000;
const DEFAULT_SINCE_DAYS = 30;
const LABELS_FILE = 'tune-labels.json';

export function registerTune(program: Command, deps: TuneDeps): void {
  program
    .command('tune')
    .summary('turn feedback into a proposed change of an artifact')
    .description(
      'Proposes thresholds and muted lines from what people said about alerts, and replays the past with them: which alerts would be gone, which real ones lost. A table on standard error, JSON on standard output. Nothing is written without --adopt.',
    )
    .addOption(storeOption('where consume keeps its results and people their verdicts'))
    .requiredOption('--model <folder>', 'the artifact that the store has results of, as fit printed it')
    .option(
      '--input <logs...>',
      'the logs that the stream was: they are scored anew with what is proposed, so that nothing is estimated',
    )
    .addOption(
      new Option('--since <duration>', "how far back from the artifact's newest window")
        .default(DEFAULT_SINCE_DAYS * DAY_MS, `${DEFAULT_SINCE_DAYS}d`)
        .argParser(argument(parseDuration)),
    )
    .option('--no-thresholds', 'propose no thresholds')
    .option('--no-mutes', 'mute no lines')
    .option('--except <what...>', 'services and ids of templates that stay as they are', [])
    .option('--adopt', 'write the tuned artifact as a new version, for promote to take', false)
    .option('--accept-lost', 'adopt it though alerts judged real or not mine would be lost', false)
    .option('--name <name>', "name of the tuned artifact (default: the artifact's own)", nameOf)
    .option('--out <folder>', 'where artifacts are kept (default: beside the artifact)')
    .option(
      '--labels-out <file>',
      'write labels.json for a fit with more normal data: all that alerted but what was judged false',
    )
    .option('--by <name>', 'who tunes; stands beside what is muted')
    .addHelpText(
      'after',
      examples(
        'loghorn tune --store sqlite:results.db --model data/models/shop',
        'loghorn tune --store sqlite:results.db --model data/models/shop --input logs.ndjson --adopt',
      ),
    )
    .action(async (flags: TuneFlags) => {
      if (!flags.adopt && (flags.name ?? flags.out) !== undefined)
        throw new Error('--name and --out go with --adopt: nothing is written without it');
      const artifact = deps.readArtifact(flags.model);
      const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
      const result = await tuneStore(
        {
          address: flags.store,
          artifact,
          input: flags.input,
          sinceMs: flags.since,
          wants: { thresholds: flags.thresholds, mutes: flags.mutes },
          unwanted: flags.except,
          who: flags.by ?? `${userInfo().username}@${hostname()}`,
          clock: createWallClock(),
          onWarning: say,
        },
        deps,
      );
      for (const line of describeTune(result)) say(line);

      const modelsFolder = flags.out ?? modelsFolderOf(flags.model, artifact);
      const { normal, ...rest } = result;
      if (flags.labelsOut !== undefined && normal)
        writeFileSync(flags.labelsOut, `${JSON.stringify(normal, null, 1)}\n`);
      const labelsPath = flags.labelsOut ?? LABELS_FILE;
      const refit = normal
        ? shellWords([
            'loghorn',
            ...deps.refitWords(artifact, { logs: flags.input ?? ['LOGS'], labelsPath, modelsFolder }),
          ])
        : null;
      if (refit !== null) {
        say('');
        say(
          `or learn what was judged false as usual${flags.labelsOut === undefined ? ` (--labels-out ${LABELS_FILE} writes the labels)` : ''}, with the paths of your logs:`,
        );
        say(`  ${refit}`);
      }
      const adopted = flags.adopt ? adopt(artifact, result, { ...flags, modelsFolder }, deps) : null;
      say('');
      say(
        adopted === null
          ? 'nothing was written: --adopt writes the tuned artifact'
          : `written to ${adopted.folder}: give it to a running stream with loghorn promote ${shellWords([adopted.folder])} --store …`,
      );
      process.stdout.write(`${JSON.stringify({ ...rest, refit, adopted })}\n`);
    });
}

/** @throws Error when there is nothing to adopt, or what would be lost was not accepted */
function adopt(
  artifact: Artifact,
  { tuning, replay }: TuneResult,
  { name, modelsFolder, acceptLost }: TuneFlags & { readonly modelsFolder: string },
  deps: TuneDeps,
): ReturnType<TuneDeps['adoptTuning']> {
  if (tuning === null)
    throw new Error('there is nothing to adopt: no change would spare an alert judged false');
  if (replay.lost.length > 0 && !acceptLost)
    throw new Error(
      `${replay.lost.length} alerts that were right would be lost: leave out a part with --no-mutes or --no-thresholds, or say --accept-lost`,
    );
  return deps.adoptTuning(artifact, tuning, { name, modelsFolder });
}

/** Where the artifact's name has its folder, whether the version was named or the name alone. */
function modelsFolderOf(folder: string, { version }: Artifact): string {
  return basename(folder) === version ? dirname(dirname(folder)) : dirname(folder);
}

function nameOf(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text))
    throw new InvalidArgumentError('use letters, digits, dot, dash and underscore');
  return text;
}
