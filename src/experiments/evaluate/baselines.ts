// What a detector must beat: one that never alerts, one that always does, and chance with the same memory and as
// many alerts. A hold alone lifts random scores, so a detector with a hold is compared with chance under a hold.

import { createRandom } from '../../core/random.js';
import type { JudgedWindow, Judgement } from './match-labels.js';
import { measure, type Measures } from './measure.js';
import type { EvaluateOptions } from './options.js';
import { prepare } from './prepare.js';

export interface Baselines {
  /** Score 0, never alerts. */
  readonly null: Measures;
  /** Uniform scores under a hold, alerting on at least as many windows as the detector; mean of several draws. */
  readonly random: Measures;
  /** Score 1, alerts on every window. */
  readonly alwaysOn: Measures;
}

export function measureBaselines(judgement: Judgement, options: Required<EvaluateOptions>): Baselines {
  const measured = (windows: readonly JudgedWindow[]): Measures =>
    measure(prepare({ ...judgement, windows }, options), () => true);
  const draws = Array.from({ length: options.randomDraws }, (_, draw) =>
    measured(randomWindows(judgement.windows, `${options.seed} random ${draw}`, options.holdMs)),
  );
  return {
    null: measured(judgement.windows.map((window) => withScore(window, 0, 1))),
    random: {
      windows: meanOf(draws.map(({ windows }) => windows)),
      events: meanOf(draws.map(({ events }) => events)),
    },
    alwaysOn: measured(judgement.windows.map((window) => withScore(window, 1, 0))),
  };
}

/**
 * Each window scores the highest of its own uniform draw and those of the windows of its source that began less than
 * `holdMs` before it. The threshold is the highest at which at least as many windows alert as in `windows`.
 */
export function randomWindows(
  windows: readonly JudgedWindow[],
  seed: string,
  holdMs: number,
): JudgedWindow[] {
  const random = createRandom(seed);
  const draws = windows.map(() => random.next());
  const held = windows.map(({ row }, i) => {
    let highest = draws[i]!;
    for (let j = i - 1; j >= 0; j--) {
      const before = windows[j]!.row;
      const isHeld = before.startMs > row.startMs - holdMs;
      if (before.source !== row.source || before.file !== row.file || !isHeld) break;
      highest = Math.max(highest, draws[j]!);
    }
    return highest;
  });
  const alerts = windows.filter(({ row }) => row.alert).length;
  // a draw is below 1, so that a threshold of 1 never alerts
  const threshold = alerts === 0 ? 1 : held.toSorted((a, b) => b - a)[alerts - 1]!;
  return windows.map((window, i) => withScore(window, held[i]!, threshold));
}

function withScore(window: JudgedWindow, score: number, threshold: number): JudgedWindow {
  return { ...window, row: { ...window.row, score, threshold, alert: score >= threshold } };
}

/** Number by number, over the draws in which it is one. */
function meanOf<Shape extends object>(draws: readonly Shape[]): Shape {
  const names = Object.keys(draws[0]!) as (keyof Shape)[];
  return Object.fromEntries(
    names.map((name) => {
      const values = draws.map((draw) => draw[name]).filter((value) => typeof value === 'number');
      return [name, values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null];
    }),
  ) as Shape;
}
