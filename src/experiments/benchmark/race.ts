// Several detectors over the same files: fitted on what a single reading learned, scored in a single reading, each
// through an artifact and a scorer of its own. Every file is a run that begins from fresh state.
import type { Artifact } from '../../core/artifact.js';
import type { DetectorName } from '../../core/detector/detector.js';
import type { LogRecord } from '../../core/record.js';
import type { WindowRow } from '../../core/score-window.js';
import { createScorer } from '../../core/scorer.js';
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { finishFit, type FitData, type FitOptions } from '../fit/fit.js';
import { readRecords } from '../input/read-records.js';
import type { InputFile } from '../input/resolve-inputs.js';

/** A detector with or without the hold, the two things that a benchmark varies. */
export interface Contender {
  readonly detector: DetectorName;
  readonly holdMs: number;
}

export interface RacedRow {
  readonly source: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly records: number;
  readonly score: number;
  readonly alert: boolean;
  /** End of the window that set the score, of an alerting window: the hold remembers an earlier one. */
  readonly peakEndMs: number | undefined;
}

export interface Racer {
  readonly contender: Contender;
  readonly artifact: Omit<Artifact, 'probe'>;
}

export const HOLD_MS = 300_000;
export const NO_HOLD_MS = 0;
export const DEFAULT_BUDGET_PER_DAY = 0.5;

/** The rest of a fit is what `loghorn fit` does unless told otherwise. */
export function raceFitOptions(seed: string, change: Partial<FitOptions>): FitOptions {
  return {
    name: 'benchmark',
    detector: 'combined',
    miner: 'shape',
    seed,
    budgetPerDay: DEFAULT_BUDGET_PER_DAY,
    window: DEFAULT_WINDOW_SPEC,
    rollingMs: 300_000,
    holdMs: HOLD_MS,
    seasonality: false,
    perFile: true,
    input: {},
    ...change,
  };
}

export function fitRacers(
  data: FitData,
  options: FitOptions,
  contenders: readonly Contender[],
): readonly Racer[] {
  return contenders.map((contender) => ({
    contender,
    artifact: { ...finishFit(data, { ...options, ...contender }), version: '' },
  }));
}

/**
 * @param onRecord what else a benchmark wants to know of the records, in their order
 * @returns for each racer its windows, in order of time within a source
 */
export async function raceOverFile(
  file: InputFile,
  racers: readonly Racer[],
  onRecord: (record: LogRecord) => void = () => {},
): Promise<readonly (readonly RacedRow[])[]> {
  const lanes = racers.map(({ artifact }) => {
    const rows: RacedRow[] = [];
    const sink = { onRow: (row: WindowRow): void => void rows.push(raced(row)) };
    return { scorer: createScorer(artifact, { issue: 'final' }), rows, sink };
  });
  await readRecords([file], {}, (read) => {
    if (!read.ok) return;
    onRecord(read.record);
    for (const { scorer, sink } of lanes) scorer.push(read.record, sink);
  });
  for (const { scorer, sink } of lanes) scorer.end(sink);
  return lanes.map(({ rows }) => rows);
}

function raced({ source, startMs, endMs, records, score, alert, explanation }: WindowRow): RacedRow {
  return { source, startMs, endMs, records, score, alert, peakEndMs: explanation?.peakEndMs };
}

const BENCHMARK_DETECTORS: readonly DetectorName[] = [
  'combined',
  'tfidf-residual',
  'new-templates',
  'count-rate',
  'pca-residual',
  'isolation-forest',
  'robust-z',
  'error-count',
  'random',
];
/** Every detector of the benchmarks, with the default hold and without. */
export const CONTENDERS: readonly Contender[] = [HOLD_MS, NO_HOLD_MS].flatMap((holdMs) =>
  BENCHMARK_DETECTORS.map((detector) => ({ detector, holdMs })),
);
