// The OpenStack fault-injection runs with their truth: a bug switched on in round 1, the same workload without it in
// round 2, which is the control.
import type { InputFile } from '../input/resolve-inputs.js';
import { dataFile, readDataTable, readDataText, truthTimeMs } from './data-files.js';

export interface NovaRun {
  readonly file: InputFile;
  /** `unseen`: the bug was active and no client noticed; neither healthy nor an incident. */
  readonly kind: 'failure' | 'unseen' | 'control';
  /** When the bug became active or the client saw the failure, whichever came first; null in a control run. */
  readonly onsetMs: number | null;
  /** Truth by start of the window. */
  readonly windows: ReadonlyMap<number, WindowTruth>;
}

export interface WindowTruth {
  /** From the onset to the end of the run; undefined where the table leaves it open. */
  readonly label: boolean | undefined;
  /** Within a minute of the onset, or while a client saw a failure; undefined where the table leaves it open. */
  readonly labelTight: boolean | undefined;
}

interface TestTruth {
  readonly round_1_verdict: string;
  readonly rounds: Readonly<Record<string, { readonly file: string; readonly onset: string | null }>>;
}

/** @returns runs by file name. @throws InputError when the folder lacks `labels.json`, the table or a run */
export function readNovaRuns(folder: string): readonly NovaRun[] {
  const windows = new Map<string, Map<number, WindowTruth>>();
  for (const row of readDataTable(folder, 'windows_30s.csv')) {
    const file = row['file']!;
    if (!windows.has(file)) windows.set(file, new Map());
    windows.get(file)!.set(truthTimeMs(row['window_start']!), {
      label: truthOf(row['label']),
      labelTight: truthOf(row['label_tight']),
    });
  }
  const tests = JSON.parse(readDataText(folder, 'labels.json')) as readonly TestTruth[];
  return tests
    .flatMap(({ round_1_verdict: verdict, rounds }) =>
      Object.entries(rounds).map(([round, { file, onset }]): NovaRun => ({
        file: dataFile(folder, file),
        kind: round === 'round_2' ? 'control' : verdict === 'FAILURE' ? 'failure' : 'unseen',
        onsetMs: onset === null ? null : truthTimeMs(onset),
        windows: windows.get(file) ?? new Map<number, WindowTruth>(),
      })),
    )
    .sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

function truthOf(cell: string | undefined): boolean | undefined {
  return cell === '1' ? true : cell === '0' ? false : undefined;
}
