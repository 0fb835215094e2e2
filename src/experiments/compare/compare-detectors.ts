// Several contestants on one sequential split: all are fitted on the first part of the time, all are judged on the
// rest, each through its own artifact and the one scorer.
import type { DetectorName } from '../../core/detector/detector.js';
import type { LogRecord } from '../../core/record.js';
import type { WindowRow } from '../../core/score-window.js';
import { createScorer, type Scorer } from '../../core/scorer.js';
import { evaluate, type Evaluation } from '../evaluate/evaluate.js';
import type { EvaluateOptions } from '../evaluate/options.js';
import { type ScoredWindow, scoredWindowOf } from '../evaluate/scored-window.js';
import { type FitData, finishFit, type FitHooks, type FitOptions, prepareFit } from '../fit/fit.js';
import { readRecords } from '../input/read-records.js';
import type { InputFile } from '../input/resolve-inputs.js';
import { splitTimeMs } from '../input/split-time.js';
import type { Tally } from '../input/tally.js';
import type { Labels } from '../labels.js';

/** What is compared: a detector and whatever chance it takes. */
export interface Contestant {
  /** Unlike every other's. */
  readonly name: string;
  readonly detector: DetectorName;
  readonly seed: string;
}

export interface Compared extends Contestant {
  /** The judged windows, by time within a source. */
  readonly windows: readonly ScoredWindow[];
  readonly evaluation: Evaluation;
  readonly fitMs: number;
  /** Windows that it scored, those before the split among them. */
  readonly scoredWindows: number;
  /** Scoring of all windows, those before the split, templates and features among it, ms. */
  readonly scoreMs: number;
}

export interface Comparison {
  /** Records before it were fitted on, windows from it on were judged. */
  readonly splitMs: number;
  /** In the order of the contestants. */
  readonly compared: readonly Compared[];
  readonly tally: Tally;
}

export interface CompareOptions extends FitOptions {
  readonly contestants: readonly Contestant[];
  /** Share of the time that is fitted on. */
  readonly split: number;
  readonly evaluate?: EvaluateOptions;
  /** The shell's clock: ms, monotone. */
  readonly nowMs: () => number;
}

/** @throws RangeError when there is no contestant or two have the same name */
export async function compareDetectors(
  files: readonly InputFile[],
  labels: Labels,
  options: CompareOptions,
  hooks: FitHooks,
): Promise<Comparison> {
  checkNames(options.contestants.map(({ name }) => name));
  const splitMs = await splitTimeMs(files, options.split, options.window.hopMs, options.input);
  const data = await prepareFit(files, { ...options, untilMs: splitMs }, hooks);
  const racers = options.contestants.map((contestant, index) => {
    hooks.onStage?.('detector', index, options.contestants.length);
    return createRacer(contestant, data, options, splitMs);
  });

  const records: LogRecord[] = [];
  // in batches, so that the clock is read seldom
  const pushBatch = (): void => {
    for (const racer of racers) racer.push(records);
    records.length = 0;
  };
  await readRecords(files, { ...options.input, signal: hooks.signal }, (read) => {
    if (!read.ok) return;
    records.push(read.record);
    if (records.length >= BATCH_RECORDS) pushBatch();
  });
  pushBatch();
  const finished = racers.map((racer) => racer.end());

  return {
    splitMs,
    tally: data.tally,
    compared: finished.map((racer) => ({
      ...racer,
      evaluation: evaluate(racer.windows, labels, { seed: options.seed, ...options.evaluate }),
    })),
  };
}

const BATCH_RECORDS = 5000;

function checkNames(names: readonly string[]): void {
  if (names.length === 0) throw new RangeError('nobody to compare: name at least one detector');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new RangeError(`'${twice}' is compared with itself: name each contestant once`);
}

interface Racer {
  push(records: readonly LogRecord[]): void;
  end(): Omit<Compared, 'evaluation'>;
}

function createRacer(
  contestant: Contestant,
  data: FitData,
  { nowMs, ...options }: CompareOptions,
  splitMs: number,
): Racer {
  const { detector, seed } = contestant;
  const startedMs = nowMs();
  const artifact = { ...finishFit(data, { ...options, detector, seed }), version: '' };
  const fitMs = nowMs() - startedMs;
  const scorer = createScorer(artifact, { issue: 'final' });
  const windows: ScoredWindow[] = [];
  let [scoredWindows, scoreMs] = [0, 0];
  const sink = {
    onRow: (row: WindowRow): void => {
      scoredWindows++;
      if (row.startMs >= splitMs) windows.push(scoredWindowOf(row));
    },
  };
  const timed = (work: (scorer: Scorer) => void): void => {
    const fromMs = nowMs();
    work(scorer);
    scoreMs += nowMs() - fromMs;
  };
  return {
    push: (records) =>
      timed(() => {
        for (const record of records) scorer.push(record, sink);
      }),
    end: () => {
      timed(() => scorer.end(sink));
      return { ...contestant, windows, fitMs, scoreMs, scoredWindows };
    },
  };
}
