// `start --file`: an artifact fitted on the first part of somebody's own log, and where the rest of it begins.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { InputOptions } from '../../core/artifact.js';
import type { LinePosition } from '../../core/lines.js';
import { sourceOfPath } from '../../core/source-name.js';
import { writeArtifact } from '../artifact-folder.js';
import { finishFit, type FitData, prepareFit } from '../fit/fit.js';
import { InputError } from '../input/resolve-inputs.js';
import { copyFirstLines, countLines } from './first-lines.js';
import { knownModel, noteModel } from './known-model.js';
import { DEMO_SEED } from './prepare-demo.js';
import { startFitOptions } from './start-fit-options.js';
import type { StartHooks } from './start-hooks.js';
import { waitForEnough } from './wait-for-enough.js';
import { writeWhole } from './write-history.js';
import { countedWords } from '../../shell/counted-words.js';
import { makeFolder } from '../../shell/make-folder.js';

export interface OwnLogOptions {
  readonly path: string;
  readonly dataFolder: string;
  /** Default DEMO_SEED; heeded by the fit alone. */
  readonly seed?: string | undefined;
  readonly input: InputOptions;
}

export interface PreparedLog {
  readonly modelFolder: string;
  readonly storePath: string;
  /** Behind the part that it was fitted on. */
  readonly startAt: LinePosition;
  readonly isNew: boolean;
}

const FIRST_SHARE = 0.7;
/** More than this says nothing new about what is usual. */
const MOST_FIT_BYTES = 512 << 20;
/** Less knows nothing of what comes once an hour. */
const SHORT_MS = 7_200_000;

/**
 * Waits for a log that is too short and grows.
 *
 * @throws InputError when the log is missing, empty, packed, or too short to say what is usual
 */
export async function prepareOwnLog(options: OwnLogOptions, hooks: StartHooks): Promise<PreparedLog> {
  const { path, dataFolder, seed = DEMO_SEED, input } = options;
  if (!existsSync(path) || !statSync(path).isFile())
    throw new InputError(`there is no log file '${path}': name one that exists`);
  if (path.endsWith('.gz'))
    throw new InputError(
      `${path} is packed, and start follows a log as it grows: unpack it first, or use fit and score`,
    );
  const name = nameOf(path);
  const folder = join(dataFolder, name);
  const storePath = join(folder, 'results.db');
  const startPath = join(folder, 'start.json');
  const known = knownModel(folder, join(dataFolder, 'models', name));
  if (known !== undefined && existsSync(startPath)) {
    const startAt = JSON.parse(readFileSync(startPath, 'utf8')) as LinePosition;
    if (options.seed !== undefined)
      hooks.say(
        `--seed changes nothing: what was learned from ${path} stays; for another fit delete ${folder} and ${dirname(known)}`,
      );
    return { modelFolder: known, storePath, startAt, isNew: false };
  }

  // with the canary's life, so that `start --canary` needs no other model
  const fitOptions = { ...startFitOptions(name, seed, input), canary: true };
  const enough = await waitForEnough({ path, input, window: fitOptions.window }, hooks);
  makeFolder(folder);
  const { size } = statSync(path);
  const firstPath = join(folder, `${sourceOfPath(path)}.log`);
  // of more than this the first part is too long in any case
  const lines = await countLines(path, Math.ceil(MOST_FIT_BYTES / FIRST_SHARE));
  const { data, startAt } = await hooks.stage('fit', async (show) => {
    const fitFirst = async (mostLines: number): Promise<{ data: FitData; startAt: LinePosition }> => {
      const startAt = await copyFirstLines(path, mostLines, MOST_FIT_BYTES, firstPath);
      const files = [{ path: firstPath, bytes: startAt.offsetBytes, defaultSource: sourceOfPath(path) }];
      const data = await prepareFit(files, fitOptions, {
        signal: hooks.signal,
        onStage: (_stage, done, total) => show(done, total),
        onWarning: (sentence) => hooks.say(sentence),
      });
      return { data, startAt };
    };
    return fitFirst(Math.max(enough.lines, Math.ceil(FIRST_SHARE * lines))).catch((error: unknown) => {
      // a window less than was counted: there may be enough in all of it
      if (!(error instanceof RangeError) || size > MOST_FIT_BYTES) throw error;
      return fitFirst(lines).catch((cause: Error) => {
        throw new InputError(`${path} is too short to say what is usual: ${cause.message}`, { cause });
      });
    });
  });
  const artifact = finishFit(data, fitOptions);
  hooks.say(
    `learned from the first ${startAt.lines.toLocaleString('en-US')} lines (${shareWords(startAt, lines, size)}): ${countedWords(data.dictionary.templates.length, 'template')} of ${countedWords(new Set(data.windows.map(({ source }) => source)).size, 'source')}`,
  );
  const { startMs, endMs } = artifact.provenance;
  if (endMs - startMs < SHORT_MS)
    hooks.say(
      `that is little, ${countedWords(Math.ceil((endMs - startMs) / 60_000), 'minute')} in all: once there is a day of it, 'loghorn fit' on that and 'loghorn promote' give this stream a better artifact`,
    );
  if (startAt.offsetBytes >= size)
    hooks.say(`nothing of ${path} is left to score: only what is written to it from now on is`);
  writeWhole(startPath, JSON.stringify(startAt));
  const modelFolder = writeArtifact(artifact, join(dataFolder, 'models'));
  noteModel(folder, basename(modelFolder));
  return {
    modelFolder,
    storePath,
    startAt,
    isNew: true,
  };
}

/** Tells two logs of one name apart by where they lie. */
function nameOf(path: string): string {
  const stem = sourceOfPath(path)
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 60);
  return `own-${stem}-${createHash('sha256').update(resolve(path)).digest('hex').slice(0, 8)}`;
}

/** @param counted its lines, as far as they were counted */
function shareWords(startAt: LinePosition, counted: number, size: number): string {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  // lines beyond those that were counted are known by their bytes alone
  if (size > MOST_FIT_BYTES / FIRST_SHARE) return `${percent(startAt.offsetBytes / size)} of its bytes`;
  return `${percent(startAt.offsetBytes >= size ? 1 : startAt.lines / counted)} of its lines`;
}
