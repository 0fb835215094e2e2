// The fit, end to end: mine templates, freeze them, read again with the frozen matcher, learn features, detector and
// threshold, and write an artifact that proves itself.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import type { Artifact, InputOptions } from '../../core/artifact.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { DetectorName } from '../../core/detector/detector.js';
import { learnFamilies } from '../../core/features/learn-families.js';
import type { TrainingWindow } from '../../core/features/training-window.js';
import { createLineTypeKeys } from '../../core/window/line-type.js';
import type { LogRecord } from '../../core/record.js';
import { isLineTypeClass } from '../../core/window/add-to-pane.js';
import { severityClassOf } from '../../core/window/pane.js';
import { ALL_SOURCES, checkWindowSpec, type WindowSpec } from '../../core/window/window-spec.js';
import { createMatcher, createMiner } from '../../core/template/miner.js';
import type { MinerName, TemplateDictionary } from '../../core/template/template.js';
import { parseLabels } from '../evaluate/read-labels.js';
import { readRecords } from '../input/read-records.js';
import { InputError, type InputFile } from '../input/resolve-inputs.js';
import { createTally, describeTally, type Tally } from '../input/tally.js';
import type { Labels } from '../labels.js';
import { codeVersion } from './code-version.js';
import { createWindowCollector } from './collect-windows.js';
import { createWindowCount, refuseLongLookBack, refuseTooManyWindows } from './count-windows.js';
import { fitDetector, learnFeatures, type LearnedFeatures } from './fit-model.js';
import type { SpecInputs } from './learn-spec.js';
import { type ProbeLines, readProbeLines, withProbe } from './make-probe.js';
import { learnCanary } from './learn-canary.js';
import { recallOnLabels } from './recall-on-labels.js';

export interface FitOptions {
  readonly name: string;
  readonly detector: DetectorName;
  readonly miner: MinerName;
  readonly seed: string;
  readonly budgetPerDay: number;
  readonly window: WindowSpec;
  readonly rollingMs: number;
  readonly holdMs: number;
  readonly seasonality: boolean;
  /** Each input is a run of its own: nothing carries over from one to the next. */
  readonly perFile: boolean;
  readonly input: InputOptions;
  readonly labelsPath?: string | undefined;
  /** Records from this moment on are no part of the fit. */
  readonly untilMs?: number | undefined;
  /** Whether the model is taught the ordinary life of the detection canary as well. */
  readonly canary?: boolean | undefined;
}

export interface FitHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onStage?: (stage: FitStage, done: number, total: number) => void;
  readonly onWarning?: (sentence: string) => void;
}

export type FitStage = 'templates' | 'windows' | 'features' | 'detector';

export interface FitData {
  readonly learned: LearnedFeatures;
  readonly dictionary: TemplateDictionary;
  /** Healthy and labelled ones, by source and time. */
  readonly windows: readonly TrainingWindow[];
  readonly specInputs: SpecInputs;
  readonly labels: Labels | undefined;
  readonly tally: Tally;
  /** Records in windows; the tally also has those behind the fit's time, and the canary's. */
  readonly fittedRecords: number;
  readonly probeLines: ProbeLines;
  readonly inputs: Artifact['provenance']['inputs'];
}

/** The user stopped it; nothing was written. */
export class FitStopped extends Error {
  override readonly name = 'FitStopped';
}

/** Reads the inputs twice and learns everything that detectors share. */
export async function prepareFit(
  files: readonly InputFile[],
  options: FitOptions,
  hooks: FitHooks,
): Promise<FitData> {
  checkWindowSpec(options.window);
  refuseLongLookBack(options.window, options.rollingMs);
  const labels =
    options.labelsPath === undefined ? undefined : parseLabels(readFileSync(options.labelsPath, 'utf8'));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const reading = (stage: FitStage) => ({
    ...options.input,
    signal: hooks.signal,
    onProgress: (done: number) => hooks.onStage?.(stage, done, bytes),
  });

  const untilMs = options.untilMs ?? Number.POSITIVE_INFINITY;
  // the canary's life is known: what a log holds of it may have its troubles in it
  const isLeftOut = ({ source }: LogRecord): boolean => options.canary === true && source === CANARY_SOURCE;
  let canaryRecords = 0;
  const miner = createMiner(options.miner);
  const windowCount = createWindowCount(options.window);
  await readRecords(files, { ...reading('templates'), onWarning: hooks.onWarning }, (read) => {
    if (!read.ok) return;
    const { record } = read;
    if (record.source === CANARY_SOURCE) canaryRecords++;
    if (record.eventTimeMs >= untilMs || isLeftOut(record)) return;
    windowCount.add(record);
    if (isLineTypeClass(severityClassOf(record.severity))) miner.learn(record.body, record.source);
  });
  throwIfStopped(hooks.signal);
  refuseTooManyWindows(windowCount.windows(), options.window, getHeapStatistics().heap_size_limit);
  if (canaryRecords > 0) hooks.onWarning?.(wordsOnCanary(canaryRecords, options.canary === true));
  const dictionary = miner.freeze();

  const keys = createLineTypeKeys(dictionary.templates.length, []);
  const tally = createTally();
  const collector = createWindowCollector(options.window, createMatcher(dictionary), keys, (record, reason) =>
    tally.onRefused(record, reason),
  );
  const runs = options.perFile ? files.map((file) => [file]) : [files];
  let recordsOutside = 0;
  for (const run of runs) {
    await readRecords(run, reading('windows'), (read, file) => {
      tally.onRead(read, file.path);
      if (!read.ok) return;
      if (isLeftOut(read.record) || read.record.eventTimeMs >= untilMs) recordsOutside++;
      else collector.add(read.record);
    });
    throwIfStopped(hooks.signal);
    collector.endRun();
  }
  const windows = collector.windows();
  if (windows.length === 0) throw new InputError(nothingRead(tally.tally()));

  const isLabelled = (window: TrainingWindow): boolean =>
    labels?.labels.some(
      (label) =>
        window.startMs < label.endMs + options.holdMs &&
        label.startMs < window.endMs &&
        (window.source === ALL_SOURCES || label.services.includes(window.source)),
    ) ?? false;
  const specInputs: SpecInputs = {
    window: options.window,
    rollingMs: options.rollingMs,
    seasonality: options.seasonality,
    dictionary,
    keys,
    families: learnFamilies(dictionary.templates),
  };
  const learned = learnFeatures(
    windows.filter((window) => !isLabelled(window)),
    specInputs,
    (done, total) => hooks.onStage?.('features', done, total),
  );
  const total = tally.tally();
  return {
    learned,
    dictionary,
    windows,
    specInputs,
    labels,
    tally: total,
    fittedRecords: total.records.scored - recordsOutside,
    probeLines: await readProbeLines(files[0]!),
    inputs: await hashInputs(files),
  };
}

/** @returns the artifact, its probe already scored, ready to be written */
export function finishFit(data: FitData, options: FitOptions): Omit<Artifact, 'version'> {
  const { learned, labels } = data;
  const model = fitDetector(learned, options);
  const { windows } = learned;
  const { name, detector, miner, budgetPerDay, rollingMs, holdMs, seasonality, perFile } = options;
  const endMs = windows.reduce((greatest, window) => Math.max(greatest, window.endMs), -Infinity);
  const { spec, dictionary } =
    options.canary === true ? learnCanary(model.spec, data.specInputs, endMs) : { ...data, spec: model.spec };
  const artifact = {
    name,
    input: options.input,
    spec,
    dictionary,
    detector: model.detector,
    threshold: {
      ...model.threshold,
      expectedRecall:
        labels === undefined
          ? null
          : recallOnLabels(data.windows, labels.labels, model, model.threshold.value, data.specInputs),
    },
    provenance: {
      codeVersion: codeVersion(),
      seed: options.seed,
      inputs: data.inputs,
      labels:
        options.labelsPath === undefined
          ? null
          : { name: basename(options.labelsPath), sha256: sha256(readFileSync(options.labelsPath)) },
      startMs: windows.reduce((least, { startMs }) => Math.min(least, startMs), Infinity),
      endMs,
      records: data.fittedRecords,
      windows: windows.length,
      options: {
        detector,
        miner,
        budgetPerDay,
        rollingMs,
        holdMs,
        seasonality,
        perFile,
        ...(options.canary === true ? { canary: true } : {}),
      },
    },
  };
  return withProbe(artifact, data.probeLines);
}

function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new FitStopped('stopped before the fit was done: nothing was written');
}

function wordsOnCanary(records: number, isLearnedApart: boolean): string {
  const found = `${records} records are of '${CANARY_SOURCE}', the name of the detection canary`;
  return isLearnedApart
    ? `${found}: they are left out, since its life is learned by itself`
    : `${found}: they are taken like those of any other source; with --canary they would be left out`;
}

function nothingRead(tally: Tally): string {
  return tally.lines.read === 0 ? 'the input is empty: give a file with log lines' : describeTally(tally);
}

/** Name, SHA-256 and size of each input, as it lies on disk. */
export async function hashInputs(files: readonly InputFile[]): Promise<Artifact['provenance']['inputs']> {
  const hashed: Artifact['provenance']['inputs'][number][] = [];
  // one after the other: ten thousand files must not all be open at once
  for (const { path } of files) {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    hashed.push({ name: basename(path), sha256: hash.digest('hex'), bytes });
  }
  return hashed;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
