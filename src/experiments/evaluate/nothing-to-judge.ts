// Scores and labels of two different logs: said as an error, since measures of nothing look like a bad detector.
import type { Labels } from '../labels.js';
import type { ScoredWindow } from './scored-window.js';
import { overlaps } from './spans.js';

/** @returns a sentence when no window lies in the labels' time, undefined when one does */
export function nothingToJudge(windows: readonly ScoredWindow[], labels: Labels): string | undefined {
  if (windows.some((window) => overlaps(window, labels))) return undefined;
  if (windows.length === 0) return 'there are no scored windows: give what score wrote';
  const startMs = windows.reduce((least, window) => Math.min(least, window.startMs), Infinity);
  const endMs = windows.reduce((greatest, window) => Math.max(greatest, window.endMs), -Infinity);
  return `none of ${windows.length} windows, ${timesOf({ startMs, endMs })}, lies in the time that the labels speak about, ${timesOf(labels)}: give the labels of these logs`;
}

function timesOf({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): string {
  return `${new Date(startMs).toISOString()} to ${new Date(endMs).toISOString()}`;
}
