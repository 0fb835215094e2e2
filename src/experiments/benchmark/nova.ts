// Detection of bugs injected into OpenStack: fitted on some of the control runs, judged on all other runs.
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { formatDelay } from '../evaluate/compare-table.js';
import { prepareFit } from '../fit/fit.js';
import { splitsOf } from './halves.js';
import { type NovaRun, readNovaRuns } from './nova-runs.js';
import { CONTENDERS, fitRacers, NO_HOLD_MS, type RacedRow, raceFitOptions, raceOverFile } from './race.js';
import { type BenchmarkReport, type BenchmarkTable, type Cell, column, meanSd } from './report.js';
import { type RunFigures, runFigures } from './run-figures.js';

export interface SplitOptions {
  /** Seeded random halves besides the fixed one. */
  readonly splits: number;
  readonly seed: string;
  /** False alerts a day that the threshold is chosen for. */
  readonly budgetPerDay: number;
  readonly onProgress?: (stage: string, done: number, total: number) => void;
}

interface Result {
  readonly label: string;
  readonly hold: string;
  readonly figures: RunFigures;
}

/** @param folder runs as `*.jsonl.gz`, `labels.json` and `windows_30s.csv` */
export async function benchmarkNova(folder: string, options: SplitOptions): Promise<BenchmarkReport> {
  const runs = readNovaRuns(folder);
  const controls = runs.filter(({ kind }) => kind === 'control');
  const splits = splitsOf(controls, options.splits, options.seed);
  const results: (readonly Result[])[] = [];
  for (const [index, fitted] of splits.entries()) {
    results.push(
      await judge(runs, fitted, options, (done) =>
        options.onProgress?.(`split ${index + 1} of ${splits.length}`, done, runs.length),
      ),
    );
  }
  const [fixed, ...drawn] = results;
  return {
    title: 'Bugs injected into OpenStack Nova',
    tables: [
      fixedTable(fixed!, splits[0]!.length, runs.length),
      ...(drawn.length > 0 ? [drawnTable(drawn)] : []),
    ],
    notes: [
      'All services together in windows of 30 s; no label takes part in the fit or in the threshold.',
      'T: windows within a minute of the onset or while the client saw a failure; L: from the onset to the end of the run.',
      'Caught: an alert whose cause lies behind the onset. Delay: from the onset to the end of the window that alerted. Early: failure runs that alarmed before their onset. Unseen: runs with an active bug that no client noticed; they are in no area.',
      'Random and elapsed time are no detectors: they show what a hold, and the order of things in these runs, give for nothing.',
    ],
  };
}

async function judge(
  runs: readonly NovaRun[],
  fitted: readonly NovaRun[],
  { seed, budgetPerDay }: SplitOptions,
  onProgress: (done: number) => void,
): Promise<readonly Result[]> {
  const options = raceFitOptions(seed, { budgetPerDay, window: { ...DEFAULT_WINDOW_SPEC, groupBy: 'all' } });
  const files = fitted.map(({ file }) => file);
  const racers = fitRacers(await prepareFit(files, options, {}), options, CONTENDERS);
  const judged = runs.filter((run) => !fitted.includes(run));
  const raced: { readonly run: NovaRun; readonly rows: readonly (readonly RacedRow[])[] }[] = [];
  for (const run of judged) {
    onProgress(fitted.length + raced.length);
    raced.push({ run, rows: await raceOverFile(run.file, racers) });
  }
  const elapsed = raced.map(({ run, rows }) => ({
    run,
    rows: rows[0]!.map((row, index) => ({ ...row, score: index, alert: false, peakEndMs: undefined })),
  }));
  return [
    ...CONTENDERS.map(({ detector, holdMs }, lane) => ({
      label: detector,
      hold: holdMs === NO_HOLD_MS ? 'none' : '5 min',
      figures: runFigures(raced.map(({ run, rows }) => ({ run, rows: rows[lane]! }))),
    })),
    { label: 'elapsed time', hold: 'none', figures: runFigures(elapsed) },
  ];
}

const AREAS = [column('run ROC'), column('T ROC'), column('T AP'), column('L ROC')];

function fixedTable(results: readonly Result[], fitted: number, runs: number): BenchmarkTable {
  const of = (part: number, whole: number): string => `${part} of ${whole}`;
  return {
    caption: `Fitted on every second control run (${fitted}), judged on the other ${runs - fitted} runs.`,
    columns: [
      column('detector'),
      column('hold'),
      ...AREAS,
      column('caught'),
      column('median delay'),
      column('controls alarming'),
      column('early'),
      column('unseen'),
    ],
    rows: results.map(({ label, hold, figures }): Cell[] => [
      label,
      hold,
      figures.runRoc,
      figures.tightRoc,
      figures.tightPrecision,
      figures.looseRoc,
      of(figures.caught, figures.failures),
      formatDelay(figures.medianDelayMs),
      of(figures.controlsAlarming, figures.controls),
      of(figures.failuresAlarmingBefore, figures.failures),
      of(figures.unseenAlarming, figures.unseen),
    ]),
  };
}

function drawnTable(drawn: readonly (readonly Result[])[]): BenchmarkTable {
  const over = (index: number, of: (figures: RunFigures) => number | null): Cell =>
    meanSd(drawn.map((results) => of(results[index]!.figures)));
  return {
    caption: `Mean (standard deviation) over ${drawn.length} random halves of the control runs as fit.`,
    columns: [
      column('detector'),
      column('hold'),
      ...AREAS,
      column('caught', 1),
      column('controls alarming', 1),
    ],
    rows: drawn[0]!.map(({ label, hold }, index): Cell[] => [
      label,
      hold,
      over(index, ({ runRoc }) => runRoc),
      over(index, ({ tightRoc }) => tightRoc),
      over(index, ({ tightPrecision }) => tightPrecision),
      over(index, ({ looseRoc }) => looseRoc),
      over(index, ({ caught }) => caught),
      over(index, ({ controlsAlarming }) => controlsAlarming),
    ]),
  };
}
