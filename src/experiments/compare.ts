// Several detectors on one sequential split: all are fitted on the first part of the time, all are judged on the rest,
// each through its own artifact and the one scorer.
import type { DetectorName } from '../core/detector/detector.js';
import type { LogRecord } from '../core/record.js';
import type { WindowRow } from '../core/score-window.js';
import { createScorer, type Scorer } from '../core/scorer.js';
import { evaluate, type Evaluation } from './evaluate/evaluate.js';
import type { ScoredWindow } from './evaluate/scored-window.js';
import { finishFit, type FitHooks, type FitOptions, prepareFit } from './fit/fit.js';
import { readRecords } from './input/read-records.js';
import type { InputFile } from './input/resolve-inputs.js';
import { splitTimeMs } from './input/split-time.js';
import type { Tally } from './input/tally.js';
import type { Labels } from './labels.js';

export interface Compared {
  readonly detector: DetectorName;
  readonly evaluation: Evaluation;
  readonly fitMs: number;
  /** Scoring of all windows of the rest, the templates and features among it, ms. */
  readonly scoreMs: number;
}

export interface Comparison {
  /** Records before it were fitted on, windows from it on were judged. */
  readonly splitMs: number;
  readonly compared: readonly Compared[];
  readonly tally: Tally;
}

export interface CompareOptions extends FitOptions {
  readonly detectors: readonly DetectorName[];
  /** Share of the time that is fitted on. */
  readonly split: number;
  /** The shell's clock: ms, monotone. */
  readonly nowMs: () => number;
}

export async function compareDetectors(
  files: readonly InputFile[],
  labels: Labels,
  options: CompareOptions,
  hooks: FitHooks,
): Promise<Comparison> {
  const splitMs = await splitTimeMs(files, options.split, options.window.hopMs, options.input);
  const data = await prepareFit(files, { ...options, untilMs: splitMs }, hooks);
  const racers = options.detectors.map((detector, index) => {
    hooks.onStage?.('detector', index, options.detectors.length);
    const startedMs = options.nowMs();
    const artifact = { ...finishFit(data, { ...options, detector }), version: '' };
    return {
      detector,
      fitMs: options.nowMs() - startedMs,
      scorer: createScorer(artifact, { issue: 'final' }),
      rows: [] as ScoredWindow[],
      scoreMs: 0,
    };
  });

  const records: LogRecord[] = [];
  const run = (work: (scorer: Scorer, sink: { onRow(row: WindowRow): void }) => void): void => {
    for (const racer of racers) {
      const startedMs = options.nowMs();
      work(racer.scorer, {
        onRow: ({ source, startMs, endMs, records: count, score, threshold, alert }) => {
          if (startMs >= splitMs)
            racer.rows.push({ source, startMs, endMs, records: count, score, threshold, alert });
        },
      });
      racer.scoreMs += options.nowMs() - startedMs;
    }
  };
  // in batches, so that the clock is read seldom
  const pushBatch = (): void => {
    run((scorer, sink) => {
      for (const record of records) scorer.push(record, sink);
    });
    records.length = 0;
  };
  await readRecords(files, { ...options.input, signal: hooks.signal }, (read) => {
    if (!read.ok) return;
    records.push(read.record);
    if (records.length >= BATCH_RECORDS) pushBatch();
  });
  pushBatch();
  run((scorer, sink) => scorer.end(sink));

  return {
    splitMs,
    tally: data.tally,
    compared: racers.map(({ detector, fitMs, scoreMs, rows }) => ({
      detector,
      fitMs,
      scoreMs,
      evaluation: evaluate(rows, labels, { seed: options.seed }),
    })),
  };
}

const BATCH_RECORDS = 5000;
