// Detection of faults injected into TrainTicket: fitted on what lies before the injections of some incidents, judged
// on all windows of the others.
import { DEFAULT_WINDOW_SPEC } from '../../core/window/window-spec.js';
import { prepareFit } from '../fit/fit.js';
import type { InputFile } from '../input/resolve-inputs.js';
import { type Areas, areasOf, type Judged } from './areas.js';
import { dataFile } from './data-files.js';
import { splitsOf } from './halves.js';
import type { SplitOptions } from './nova.js';
import { CONTENDERS, fitRacers, NO_HOLD_MS, raceFitOptions, raceOverFile } from './race.js';
import { type BenchmarkReport, type BenchmarkTable, type Cell, column, meanSd } from './report.js';
import { type Incident, readIncidents, withHealthyParts } from './trainticket-incidents.js';

interface Result {
  readonly label: string;
  readonly hold: string;
  readonly areas: Areas;
  /** Windows that alert, of those after the injection and of those before. */
  readonly alerting: readonly [after: number, before: number];
  readonly windows: readonly [after: number, before: number];
}

/** @param folder `incident_NN.jsonl.gz`, `fault_free.jsonl.gz`, `labels.json` and `windows_30s.csv` */
export async function benchmarkTrainticket(folder: string, options: SplitOptions): Promise<BenchmarkReport> {
  const incidents = readIncidents(folder);
  const faultFree = dataFile(folder, 'fault_free.jsonl.gz');
  const splits = splitsOf(incidents, options.splits, options.seed);
  const results: (readonly Result[])[] = [];
  for (const [index, fitted] of splits.entries()) {
    const judged = incidents.filter((incident) => !fitted.includes(incident));
    results.push(
      await withHealthyParts(fitted, (parts) => {
        options.onProgress?.('trainticket', index, splits.length);
        return judge([...parts, faultFree], judged, options);
      }),
    );
  }
  const [fixed, ...drawn] = results;
  return {
    title: 'Faults injected into TrainTicket',
    tables: [
      fixedTable(fixed!, splits[0]!.length, incidents.length),
      ...(drawn.length > 0 ? [drawnTable(drawn)] : []),
    ],
    notes: [
      'All services together in windows of 30 s. True: the window ends after the injection. No label takes part in the fit or in the threshold.',
      'The data are snippets of three minutes, one before the injection and two after, so that elapsed time alone nearly knows the truth, and so does whatever grows with it: a hold, and rolling statistics. Only the rows without hold say something, and only beside elapsed time.',
    ],
  };
}

async function judge(
  healthy: readonly InputFile[],
  judged: readonly Incident[],
  { seed, budgetPerDay }: SplitOptions,
): Promise<readonly Result[]> {
  const options = raceFitOptions(seed, { budgetPerDay, window: { ...DEFAULT_WINDOW_SPEC, groupBy: 'all' } });
  const racers = fitRacers(await prepareFit(healthy, options, {}), options, CONTENDERS);
  const byLane: (Judged & { readonly alert: boolean })[][] = CONTENDERS.map(() => []);
  const elapsed: (Judged & { readonly alert: boolean })[] = [];
  for (const { file, windows } of judged) {
    const raced = await raceOverFile(file, racers);
    raced.forEach((rows, lane) =>
      rows.forEach(({ startMs, score, alert }, index) => {
        const isTrue = windows.get(startMs);
        if (isTrue === undefined) return;
        byLane[lane]!.push({ score, isTrue, alert });
        if (lane === 0) elapsed.push({ score: index, isTrue, alert: false });
      }),
    );
  }
  return [
    ...CONTENDERS.map(({ detector, holdMs }, lane) =>
      resultOf(detector, holdMs === NO_HOLD_MS ? 'none' : '5 min', byLane[lane]!),
    ),
    resultOf('elapsed time', 'none', elapsed),
  ];
}

function resultOf(
  label: string,
  hold: string,
  windows: readonly (Judged & { readonly alert: boolean })[],
): Result {
  const count = (isTrue: boolean, onlyAlerts: boolean): number =>
    windows.filter((window) => window.isTrue === isTrue && (window.alert || !onlyAlerts)).length;
  return {
    label,
    hold,
    areas: areasOf(windows),
    alerting: [count(true, true), count(false, true)],
    windows: [count(true, false), count(false, false)],
  };
}

function fixedTable(results: readonly Result[], fitted: number, incidents: number): BenchmarkTable {
  return {
    caption: `Fitted on the fault-free sample and what lies before the injection of every second incident (${fitted}), judged on the other ${incidents - fitted} incidents.`,
    columns: [
      column('detector'),
      column('hold'),
      column('window ROC'),
      column('window AP'),
      column('alerting after'),
      column('alerting before'),
    ],
    rows: results.map(({ label, hold, areas, alerting, windows }): Cell[] => [
      label,
      hold,
      areas.rocAuc,
      areas.averagePrecision,
      `${alerting[0]} of ${windows[0]}`,
      `${alerting[1]} of ${windows[1]}`,
    ]),
  };
}

function drawnTable(drawn: readonly (readonly Result[])[]): BenchmarkTable {
  const over = (index: number, of: (areas: Areas) => number | null): Cell =>
    meanSd(drawn.map((results) => of(results[index]!.areas)));
  return {
    caption: `Mean (standard deviation) over ${drawn.length} random halves of the incidents as fit.`,
    columns: [column('detector'), column('hold'), column('window ROC'), column('window AP')],
    rows: drawn[0]!.map(({ label, hold }, index): Cell[] => [
      label,
      hold,
      over(index, ({ rocAuc }) => rocAuc),
      over(index, ({ averagePrecision }) => averagePrecision),
    ]),
  };
}
