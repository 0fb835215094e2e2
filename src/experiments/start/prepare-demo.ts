// Everything that the live demo needs, made once: a history, an artifact fitted on its clean part, how good that is on the
// rest, and where the live stream begins.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArtifact } from '../artifact-folder.js';
import { evaluate, type Evaluation } from '../evaluate/evaluate.js';
import type { ScoredWindow } from '../evaluate/scored-window.js';
import { finishFit, type FitOptions, prepareFit } from '../fit/fit.js';
import { resolveInputs } from '../input/resolve-inputs.js';
import { replay } from '../score.js';
import { readArtifact } from '../artifact-folder.js';
import type { FeedPosition } from './live-feed.js';
import type { StartHooks } from './start-hooks.js';
import { startFitOptions } from './start-fit-options.js';
import { writeHistory, writeWhole } from './write-history.js';

export interface DemoOptions {
  /** Holds `models/` and `demo/`. */
  readonly dataFolder: string;
  readonly seed: string;
  readonly recordsPerSecond: number;
  readonly nowMs: number;
}

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
  const known = modelFolderIn(join(modelsFolder, 'demo'));
  if (known !== undefined && existsSync(feedPath)) {
    const feed = JSON.parse(readFileSync(feedPath, 'utf8')) as FeedPosition;
    return { ...paths, modelFolder: known, feed, isNew: false };
  }

  const history = await hooks.stage('history', async (show) =>
    writeHistory(
      {
        ...options,
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
  const fitOptions: FitOptions = { ...startFitOptions('demo', options.seed, {}), canary: true };
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

/** The only version under a name; undefined when there is none or a choice. */
export function modelFolderIn(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const versions = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'manifest.json')));
  return versions.length === 1 ? join(folder, versions[0]!) : undefined;
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
