// The past of the demo: one simulated history in two files, the part without anomalies and the rest, up to this moment,
// with the generator's state some hours before its end, from where the live stream takes over.
import { renameSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createGenerator, type LogGenerator } from '../generator/generator.js';
import { createLineBuffer } from '../generator/line-buffer.js';
import type { GeneratorOptions } from '../generator/options.js';
import type { Labels } from '../labels.js';
import type { FeedPosition } from './live-feed.js';
import { makeFolder } from '../../shell/make-folder.js';

export interface HistoryPlan {
  readonly seed: string;
  readonly recordsPerSecond: number;
  readonly nowMs: number;
  readonly cleanMs: number;
  /** Follows the clean part; its end is now. */
  readonly mixedMs: number;
  /** The last part of the mixed one, which the live stream begins with. */
  readonly backfillMs: number;
  readonly anomaliesPerHour: number;
}

export interface WrittenHistory {
  readonly cleanPath: string;
  readonly mixedPath: string;
  readonly records: number;
  readonly labels: Labels;
  /** Where the live stream begins. */
  readonly feed: FeedPosition;
}

export interface HistoryHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (doneMs: number, totalMs: number) => void;
}

const CHUNK_BYTES = 1 << 20;
const STEP_MS = 60_000;

/** Writes `clean.ndjson`, `mixed.ndjson` and `labels.json`. @returns undefined when the signal stopped it */
export async function writeHistory(
  plan: HistoryPlan,
  folder: string,
  hooks: HistoryHooks,
): Promise<WrittenHistory | undefined> {
  const startMs = plan.nowMs - plan.cleanMs - plan.mixedMs;
  const anomaliesFromMs = startMs + plan.cleanMs;
  const options: GeneratorOptions = {
    seed: plan.seed,
    startMs,
    recordsPerSecond: plan.recordsPerSecond,
    anomaliesPerHour: plan.anomaliesPerHour,
    anomaliesFromMs,
  };
  makeFolder(folder);
  const generator = createGenerator(options);
  const cleanPath = join(folder, 'clean.ndjson');
  const mixedPath = join(folder, 'mixed.ndjson');
  const onStep = (): void => hooks.onProgress(generator.reachedMs() - startMs, plan.cleanMs + plan.mixedMs);
  const isWhole = async (path: string, untilMs: number, appends: boolean): Promise<boolean> => {
    await writeUntil(generator, untilMs, path, appends, hooks.signal, onStep);
    return !hooks.signal.aborted;
  };

  if (!(await isWhole(cleanPath, anomaliesFromMs, false))) return undefined;
  if (!(await isWhole(mixedPath, plan.nowMs - plan.backfillMs, false))) return undefined;
  const feed: FeedPosition = { options, state: generator.snapshot() };
  if (!(await isWhole(mixedPath, plan.nowMs, true))) return undefined;
  // ground truth of the mixed part alone
  const labels: Labels = { ...generator.labelsSoFar(), startMs: anomaliesFromMs };
  writeWhole(join(folder, 'labels.json'), `${JSON.stringify(labels, undefined, 2)}\n`);
  return { cleanPath, mixedPath, records: generator.emittedRecords(), labels, feed };
}

/** Readers see the old content or the new, never half of it. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.partial`, text);
  renameSync(`${path}.partial`, path);
}

async function writeUntil(
  generator: LogGenerator,
  untilMs: number,
  path: string,
  appends: boolean,
  signal: AbortSignal,
  onStep: () => void,
): Promise<void> {
  const file: FileHandle = await open(path, appends ? 'a' : 'w');
  const lines = createLineBuffer(2 * CHUNK_BYTES);
  try {
    while (generator.reachedMs() < untilMs && !signal.aborted) {
      generator.advance(Math.min(untilMs, generator.reachedMs() + STEP_MS), (record) => lines.add(record));
      if (lines.bytes() < CHUNK_BYTES && generator.reachedMs() < untilMs) continue;
      await file.appendFile(lines.take());
      onStep();
    }
  } finally {
    await file.close();
  }
}
