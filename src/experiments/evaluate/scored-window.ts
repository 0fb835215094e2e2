// What is judged: the rows that scoring wrote, one a closed window.
// A late record corrects a row by a higher revision; only the last word on a window counts.

import type { WindowRow } from '../../core/score-window.js';
import { windowLine } from '../../core/window-line.js';

/** One line of a scores file. Source `*` means all services together. */
export interface ScoredWindow {
  readonly source: string;
  /** Half open: `[startMs, endMs)`, event time, ms since epoch. */
  readonly startMs: number;
  readonly endMs: number;
  readonly records: number;
  /** In [0, 1], higher is stranger. */
  readonly score: number;
  readonly threshold: number;
  readonly alert: boolean;
  /** Input file, when each file was scored from fresh state. */
  readonly file?: string;
  /** 0 or absent for the first word on a window. */
  readonly revision?: number;
}

/** @param file where each input is scored from fresh state */
export function scoredWindowOf(row: WindowRow, file?: { readonly path: string }): ScoredWindow {
  return { ...(file === undefined ? {} : { file: file.path }), ...windowLine(row, []) };
}

export interface LatestRows {
  /** Sorted by file, source, start. */
  readonly rows: readonly ScoredWindow[];
  /** Rows that gave way to another row of the same file, source and start. */
  readonly superseded: number;
  /** Of these, how many had the winner's revision but another score or alert: two outputs were mixed. */
  readonly conflicting: number;
}

/** Keeps the highest revision of every window; of equal revisions the last row read. */
export function latestRevisions(rows: Iterable<ScoredWindow>): LatestRows {
  const latest = new Map<string, ScoredWindow>();
  let superseded = 0;
  let conflicting = 0;
  for (const row of rows) {
    const key = JSON.stringify([row.file ?? '', row.source, row.startMs]);
    const known = latest.get(key);
    if (known !== undefined) {
      superseded++;
      const difference = (row.revision ?? 0) - (known.revision ?? 0);
      if (difference < 0) continue;
      if (difference === 0 && (row.score !== known.score || row.alert !== known.alert)) conflicting++;
    }
    latest.set(key, row);
  }
  return { rows: [...latest.values()].sort(byFileSourceStart), superseded, conflicting };
}

function byFileSourceStart(a: ScoredWindow, b: ScoredWindow): number {
  return compareText(a.file ?? '', b.file ?? '') || compareText(a.source, b.source) || a.startMs - b.startMs;
}

/** By code unit, so that the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
