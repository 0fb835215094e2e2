// What counting ERROR and FATAL records would have reached on the same windows, with the detector's hold and as many
// alerting windows: the baseline that most people have already.
import type { JudgedWindow, Judgement } from '../evaluate/match-labels.js';
import { measure, type Measures } from '../evaluate/measure.js';
import type { EvaluateOptions } from '../evaluate/options.js';
import { prepare } from '../evaluate/prepare.js';
import type { ReportWindow } from './score-windows.js';

/**
 * @param judgement of `ReportWindow`s
 * @param holdMs a window's score is the highest of its source's windows that end in this many ms up to its own end
 */
export function measureErrorCount(
  judgement: Judgement,
  holdMs: number,
  options: Required<EvaluateOptions>,
): Measures {
  const windows = errorCountWindows(judgement.windows, holdMs);
  return measure(prepare({ ...judgement, windows }, options), () => true);
}

/** The threshold is the highest at which at least as many windows alert as in `windows`, but never 0. */
export function errorCountWindows(windows: readonly JudgedWindow[], holdMs: number): JudgedWindow[] {
  const held = windows.map((window, i) => {
    let highest = errorScoreOf(window);
    for (let j = i - 1; j >= 0; j--) {
      const { row } = windows[j]!;
      const isHeld = row.endMs > window.row.endMs - holdMs;
      if (row.source !== window.row.source || row.file !== window.row.file || !isHeld) break;
      highest = Math.max(highest, errorScoreOf(windows[j]!));
    }
    return highest;
  });
  const alerts = windows.filter(({ row }) => row.alert).length;
  const threshold = thresholdFor(held, alerts);
  return windows.map((window, i) => {
    const score = held[i]!;
    return { ...window, row: { ...window.row, score, threshold, alert: score >= threshold } };
  });
}

function errorScoreOf({ row }: JudgedWindow): number {
  return (row as ReportWindow).errorScore;
}

/** Scores are below 1, so that a threshold of 1 never alerts; a window without errors never does. */
function thresholdFor(scores: readonly number[], alerts: number): number {
  const positive = scores.filter((score) => score > 0).sort((a, b) => b - a);
  if (alerts === 0 || positive.length === 0) return 1;
  return positive[Math.min(alerts, positive.length) - 1]!;
}
