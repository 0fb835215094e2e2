// What one detector makes of runs whose truth is known: by run, by window, and as somebody on call would have it.
import { quantile } from '../evaluate/metrics.js';
import { areasOf, type Judged } from './areas.js';
import type { NovaRun, WindowTruth } from './nova-runs.js';
import type { RacedRow } from './race.js';

export interface ScoredRun {
  readonly run: NovaRun;
  readonly rows: readonly Pick<RacedRow, 'startMs' | 'endMs' | 'score' | 'alert' | 'peakEndMs'>[];
}

export interface RunFigures {
  /** A run counts by its highest window: failures against controls. */
  readonly runRoc: number | null;
  readonly tightRoc: number | null;
  readonly tightPrecision: number | null;
  readonly looseRoc: number | null;
  /** Failures with an alert whose cause lies behind the onset. */
  readonly caught: number;
  readonly failures: number;
  /** From the onset to the end of the window that raised the alert; of those caught. */
  readonly medianDelayMs: number | null;
  /** Runs with an alert that has nothing to do with the bug: controls, and failures before their onset. */
  readonly controlsAlarming: number;
  readonly controls: number;
  readonly failuresAlarmingBefore: number;
  /** Runs with an active bug that no client noticed, and how many of them alarm behind the onset. */
  readonly unseenAlarming: number;
  readonly unseen: number;
}

export function runFigures(runs: readonly ScoredRun[]): RunFigures {
  const ofKind = (kind: NovaRun['kind']): readonly ScoredRun[] => runs.filter(({ run }) => run.kind === kind);
  const [failures, controls, unseen] = [ofKind('failure'), ofKind('control'), ofKind('unseen')];
  const delays = failures.map(delayMs).filter((delay) => delay !== null);
  const tight = areasOf(judgedWindows(runs, ({ labelTight }) => labelTight));
  return {
    runRoc: areasOf(
      [...failures, ...controls].map(({ run, rows }) => ({
        score: Math.max(...rows.map(({ score }) => score)),
        isTrue: run.kind === 'failure',
      })),
    ).rocAuc,
    tightRoc: tight.rocAuc,
    tightPrecision: tight.averagePrecision,
    looseRoc: areasOf(judgedWindows(runs, ({ label }) => label)).rocAuc,
    caught: delays.length,
    failures: failures.length,
    medianDelayMs: quantile(
      delays.toSorted((a, b) => a - b),
      0.5,
    ),
    controlsAlarming: controls.filter(({ rows }) => rows.some(({ alert }) => alert)).length,
    controls: controls.length,
    failuresAlarmingBefore: failures.filter(({ run, rows }) =>
      rows.some(({ alert, endMs }) => alert && endMs <= run.onsetMs!),
    ).length,
    unseenAlarming: unseen.filter((each) => delayMs(each) !== null).length,
    unseen: unseen.length,
  };
}

/** Null when no alert has its cause behind the onset: one that the hold only remembers found nothing. */
function delayMs({ run, rows }: ScoredRun): number | null {
  const first = rows.find(({ alert, peakEndMs }) => alert && peakEndMs! > run.onsetMs!);
  return first === undefined ? null : first.endMs - run.onsetMs!;
}

function judgedWindows(
  runs: readonly ScoredRun[],
  truthOf: (truth: WindowTruth) => boolean | undefined,
): readonly Judged[] {
  return runs.flatMap(({ run, rows }) =>
    rows.flatMap(({ startMs, score }) => {
      const truth = run.windows.get(startMs);
      const isTrue = truth && truthOf(truth);
      return isTrue === undefined ? [] : [{ score, isTrue }];
    }),
  );
}
