// Everything that the live demo needs, made once: a history, an artifact fitted on its clean part, how good that is on the
// rest, and where the live stream begins.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeArtifact } from '../artifact-folder.js';
import { evaluate, type Evaluation } from '../evaluate/evaluate.js';
import type { ScoredWindow } from '../evaluate/scored-window.js';
import { finishFit, type FitOptions, prepareFit } from '../fit/fit.js';
import type { GeneratorOptions } from '../generator/options.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { replay } from '../score.js';
import { readArtifact } from '../artifact-folder.js';
import { knownModel, noteModel } from './known-model.js';
import type { FeedPosition } from './live-feed.js';
import type { StartHooks } from './start-hooks.js';
import { startFitOptions } from './start-fit-options.js';
import { writeHistory, writeWhole } from './write-history.js';

export interface DemoOptions {
  /** Holds `models/` and `demo/`. */
  readonly dataFolder: string;
  /** Default DEMO_SEED, or that of the demo that is there. */
  readonly seed?: string | undefined;
  /** Default DEMO_RATE, or that of the demo that is there. */
  readonly recordsPerSecond?: number | undefined;
  readonly nowMs: number;
}

export const DEMO_SEED = 'demo';
const DEMO_RATE = 5;

export interface PreparedDemo {
  readonly modelFolder: string;
  readonly demoFolder: string;
  readonly storePath: string;
  /** Where the stream begins when the store knows none. */
  readonly feed: FeedPosition;
  readonly isNew: boolean;
}

const HOUR_MS = 3_600_000;
const CLEAN_MS = 14 * HOUR_MS;
const MIXED_MS = 10 * HOUR_MS;
const BACKFILL_MS = 6 * HOUR_MS;
const ANOMALIES_PER_HOUR = 1;

/** @returns undefined when the signal stopped it; the next call begins anew */
export async function prepareDemo(
  options: DemoOptions,
  hooks: StartHooks,
): Promise<PreparedDemo | undefined> {
  const { dataFolder } = options;
  const demoFolder = join(dataFolder, 'demo');
  const modelsFolder = join(dataFolder, 'models');
  const feedPath = join(demoFolder, 'feed.json');
  const paths = { demoFolder, storePath: join(demoFolder, 'results.db') };
  const known = knownModel(demoFolder, join(modelsFolder, 'demo'));
  if (known !== undefined && existsSync(feedPath)) {
    const feed = JSON.parse(readFileSync(feedPath, 'utf8')) as FeedPosition;
    const unheeded = describeUnheeded(options, feed.options, [demoFolder, join(modelsFolder, 'demo')]);
    if (unheeded !== undefined) hooks.say(unheeded);
    return { ...paths, modelFolder: known, feed, isNew: false };
  }

  const { seed = DEMO_SEED, recordsPerSecond = DEMO_RATE, nowMs } = options;
  const history = await hooks.stage('history', async (show) =>
    writeHistory(
      {
        seed,
        recordsPerSecond,
        nowMs,
        cleanMs: CLEAN_MS,
        mixedMs: MIXED_MS,
        backfillMs: BACKFILL_MS,
        anomaliesPerHour: ANOMALIES_PER_HOUR,
      },
      demoFolder,
      { signal: hooks.signal, onProgress: show },
    ),
  );
  if (history === undefined) return undefined;
  hooks.say(
    `${count(history.records)} records of the last ${(CLEAN_MS + MIXED_MS) / HOUR_MS} hours, ${history.labels.labels.length} anomalies in the last ${MIXED_MS / HOUR_MS}`,
  );

  // with the canary's life, so that `start --canary` needs no other model
  const fitOptions: FitOptions = { ...startFitOptions('demo', seed, {}), canary: true };
  const data = await hooks.stage('fit', async (show) =>
    prepareFit(resolveInputs([history.cleanPath]), fitOptions, {
      signal: hooks.signal,
      onStage: (_stage, done, total) => show(done, total),
    }),
  );
  const artifact = finishFit(data, fitOptions);
  hooks.say(
    `${count(data.dictionary.templates.length)} templates and what is usual for ${new Set(data.windows.map(({ source }) => source)).size} services, from ${CLEAN_MS / HOUR_MS} hours without anomalies`,
  );
  // the feed's start first: an artifact alone would be taken for a finished demo
  writeWhole(feedPath, JSON.stringify(history.feed));
  const modelFolder = writeArtifact(artifact, modelsFolder);
  noteModel(demoFolder, basename(modelFolder));

  const evaluation = await hooks.stage('evaluate', async (show) => {
    const rows: ScoredWindow[] = [];
    const files = resolveInputs([history.mixedPath]);
    await replay(files, readArtifact(modelFolder), {
      perFile: false,
      signal: hooks.signal,
      onProgress: (done) => show(done, files[0]!.bytes),
      onRow: ({ source, startMs, endMs, records, score, threshold, alert }) =>
        rows.push({ source, startMs, endMs, records, score, threshold, alert }),
    });
    return hooks.signal.aborted ? undefined : evaluate(rows, history.labels, { resamples: 0 });
  });
  if (evaluation === undefined) return undefined;
  writeWhole(join(demoFolder, 'evaluation.json'), `${JSON.stringify(evaluation, undefined, 2)}\n`);
  hooks.say(describeEvaluation(evaluation));
  return { ...paths, modelFolder, feed: history.feed, isNew: true };
}

/** What was asked for and changes nothing, since the demo was made with something else; undefined where there is none. */
export function describeUnheeded(
  { seed, recordsPerSecond }: Pick<DemoOptions, 'seed' | 'recordsPerSecond'>,
  made: Pick<GeneratorOptions, 'seed' | 'recordsPerSecond'>,
  folders: readonly string[],
): string | undefined {
  const parts = [
    ...(seed === undefined || seed === made.seed ? [] : [`--seed ${seed}`]),
    ...(recordsPerSecond === undefined || recordsPerSecond === made.recordsPerSecond
      ? []
      : [`--rate ${recordsPerSecond}`]),
  ];
  if (parts.length === 0) return undefined;
  return `${parts.join(' and ')} ${parts.length > 1 ? 'change' : 'changes'} nothing: the demo that is there goes on with seed ${made.seed} and ${made.recordsPerSecond} records a second; for another one give --data another folder, or delete ${folders.join(' and ')}`;
}

function describeEvaluation({ events }: Evaluation): string {
  const { caught, labels, falseAlerts, medianDelayMs } = events;
  const delay =
    medianDelayMs === null ? '' : `, half of them within ${(medianDelayMs / 60_000).toFixed(1)} min`;
  return `${caught} of ${labels} anomalies caught${delay}; ${falseAlerts} false alerts in ${MIXED_MS / HOUR_MS} hours`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
