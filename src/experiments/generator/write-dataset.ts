// A data set on disk: `logs.ndjson` and `labels.json`, in constant memory, stopped and carried on at any moment.
// The logs get their name when they are whole and the labels come last, so that half a data set never looks like one.

import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  fingerprintOf,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
  writeFileAtomically,
} from './checkpoint.js';
import { createGenerator } from './generator.js';
import { createLineBuffer } from './line-buffer.js';
import type { GeneratorOptions } from './options.js';
import { makeFolder } from '../../shell/make-folder.js';

export interface WriteDatasetHooks {
  /** Called after each chunk of about a megabyte. `records` counts from the start, also after a resumption. */
  readonly onProgress?: (progress: { readonly records: number; readonly bytes: number }) => void;
  /** Told in a sentence what was found and ignored, or carried on. */
  readonly onNotice?: (message: string) => void;
  /** Stops cleanly after the chunk under way and leaves a checkpoint. */
  readonly signal?: AbortSignal;
}

export interface WrittenDataset {
  /** False when it was stopped: the same call carries on. */
  readonly isComplete: boolean;
  readonly records: number;
  readonly bytes: number;
  readonly labels: number;
  readonly logsPath: string;
  readonly labelsPath: string;
}

export const LOGS_FILE = 'logs.ndjson';
export const LABELS_FILE = 'labels.json';
export const CHECKPOINT_FILE = 'generate.checkpoint.json';

const CHUNK_BYTES = 1 << 20;
/** A run that is killed without warning loses so much at most. */
const CHECKPOINT_EVERY_BYTES = 256 << 20;
/** Generated between two looks at how full the chunk is. */
const STEP_MS = 1000;

/**
 * Writes what the generator gives under `options`, which must end, into a folder that is made if need be.
 * A checkpoint of the same options is carried on; one of others is ignored and replaced, with a notice.
 *
 * @throws RangeError on bad options or ones without an end; Error saying which file could not be written, with its cause
 */
export async function writeDataset(
  options: GeneratorOptions,
  dir: string,
  hooks: WriteDatasetHooks = {},
): Promise<WrittenDataset> {
  if (options.records === undefined && options.durationMs === undefined)
    throw new RangeError('a data set must end: give records or durationMs');
  createGenerator(options);
  const logsPath = join(dir, LOGS_FILE);
  const labelsPath = join(dir, LABELS_FILE);
  const partialPath = `${logsPath}.partial`;
  const checkpointPath = join(dir, CHECKPOINT_FILE);

  return explainDiskErrors(dir, async () => {
    makeFolder(dir);
    const {
      file,
      bytes: resumedBytes,
      state,
    } = await openPartial(partialPath, checkpointPath, options, hooks);
    let bytes = resumedBytes;
    const generator = createGenerator(options, state);
    const lines = createLineBuffer(2 * CHUNK_BYTES);
    const saveCheckpoint = () =>
      writeCheckpoint(checkpointPath, {
        version: 1,
        fingerprint: fingerprintOf(options),
        options,
        bytes,
        state: generator.snapshot(),
      });
    try {
      let savedBytes = bytes;
      while (!generator.isDone() && hooks.signal?.aborted !== true) {
        for (let untilMs = generator.reachedMs(); lines.bytes() < CHUNK_BYTES && !generator.isDone();) {
          untilMs += STEP_MS;
          generator.advance(untilMs, lines.add);
        }
        const chunk = lines.take();
        await file.appendFile(chunk);
        bytes += chunk.length;
        if (bytes - savedBytes >= CHECKPOINT_EVERY_BYTES) {
          await file.sync();
          await saveCheckpoint();
          savedBytes = bytes;
        }
        hooks.onProgress?.({ records: generator.emittedRecords(), bytes });
      }
      await file.sync();
      if (!generator.isDone()) await saveCheckpoint();
    } finally {
      await file.close();
    }
    const labels = generator.labelsSoFar();
    if (generator.isDone()) {
      // an older data set's labels must not stand beside the new logs, not even for a moment
      await rm(labelsPath, { force: true });
      await rename(partialPath, logsPath);
      await writeFileAtomically(labelsPath, `${JSON.stringify(labels, undefined, 2)}\n`);
      await removeCheckpoint(checkpointPath);
    }
    return {
      isComplete: generator.isDone(),
      records: generator.emittedRecords(),
      bytes,
      labels: labels.labels.length,
      logsPath,
      labelsPath,
    };
  });
}

async function openPartial(
  partialPath: string,
  checkpointPath: string,
  options: GeneratorOptions,
  { onNotice }: WriteDatasetHooks,
) {
  const found = await readCheckpoint(checkpointPath, options);
  if (found.found) {
    const { bytes, state } = found.checkpoint;
    const file = await openExisting(partialPath);
    if (file !== undefined && (await file.stat()).size >= bytes) {
      await file.truncate(bytes);
      onNotice?.(`carrying on after ${state.emittedRecords} records`);
      return { file, bytes, state };
    }
    await file?.close();
    onNotice?.(`${partialPath} is missing or shorter than its checkpoint says: starting over`);
  } else if (found.reason !== '') onNotice?.(found.reason);
  await removeCheckpoint(checkpointPath);
  return { file: await open(partialPath, 'w'), bytes: 0, state: undefined };
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'a');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

async function explainDiskErrors<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code, path = dir } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC')
      throw new Error(`the disk is full while writing to ${dir}: free some space and run it again`, {
        cause,
      });
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new Error(`cannot write ${path}: no permission; choose another folder or mend its rights`, {
        cause,
      });
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new Error(`cannot write into ${dir}: it is a file, wanted a folder`, { cause });
    throw cause;
  }
}
