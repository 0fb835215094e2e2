// `start --file`: an artifact fitted on the first part of somebody's own log, and where the rest of it begins.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { InputOptions } from '../../core/artifact.js';
import type { LinePosition } from '../../core/lines.js';
import { sourceOfPath } from '../../core/source-name.js';
import { writeArtifact } from '../artifact-folder.js';
import { finishFit, type FitData, prepareFit } from '../fit/fit.js';
import { InputError } from '../input/resolve-inputs.js';
import { knownModel, noteModel } from './known-model.js';
import { DEMO_SEED } from './prepare-demo.js';
import { startFitOptions } from './start-fit-options.js';
import type { StartHooks } from './start-hooks.js';
import { writeWhole } from './write-history.js';
import { makeFolder } from '../make-folder.js';

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
const NEWLINE = 10;

/** @throws InputError when the log is missing, empty, packed, or too short to say what is usual */
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

  makeFolder(folder);
  const { size } = statSync(path);
  const firstPath = join(folder, `${sourceOfPath(path)}.log`);
  // with the canary's life, so that `start --canary` needs no other model
  const fitOptions = { ...startFitOptions(name, seed, input), canary: true };
  const fitFirst = async (bytes: number): Promise<{ data: FitData; startAt: LinePosition }> => {
    const startAt = await copyFirstLines(path, bytes, firstPath);
    const files = [{ path: firstPath, bytes: startAt.offsetBytes, defaultSource: sourceOfPath(path) }];
    const data = await hooks.stage('fit', async (show) =>
      prepareFit(files, fitOptions, {
        signal: hooks.signal,
        onStage: (_stage, done, total) => show(done, total),
        onWarning: (sentence) => hooks.say(sentence),
      }),
    );
    return { data, startAt };
  };

  const { data, startAt } = await fitFirst(Math.min(MOST_FIT_BYTES, Math.ceil(FIRST_SHARE * size))).catch(
    (error: unknown) => {
      // too few windows in the first part: there may be enough in all of it
      if (!(error instanceof RangeError) || size > MOST_FIT_BYTES) throw error;
      return fitFirst(size).catch((cause: Error) => {
        throw new InputError(`${path} is too short to say what is usual: ${cause.message}`, { cause });
      });
    },
  );
  const artifact = finishFit(data, fitOptions);
  hooks.say(
    `learned from the first ${startAt.lines.toLocaleString('en-US')} lines (${Math.round((100 * startAt.offsetBytes) / size)} % of its bytes): ${data.dictionary.templates.length} templates of ${new Set(data.windows.map(({ source }) => source)).size} sources`,
  );
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

/** Whole lines, at least `bytes` of them unless the file ends before. @returns the position behind them */
async function copyFirstLines(from: string, bytes: number, to: string): Promise<LinePosition> {
  const out = await open(to, 'w');
  let lines = 0;
  let offsetBytes = 0;
  try {
    for await (const chunk of createReadStream(from, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const wanted = bytes - offsetBytes;
      // the first line break at or behind the wanted place
      const end = wanted > chunk.length ? -1 : chunk.indexOf(NEWLINE, Math.max(0, wanted - 1));
      const piece = end < 0 ? chunk : chunk.subarray(0, end + 1);
      for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) lines++;
      offsetBytes += piece.length;
      await out.appendFile(piece);
      if (end >= 0) break;
    }
  } finally {
    await out.close();
  }
  return { lines, offsetBytes };
}
