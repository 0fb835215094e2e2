// Alerts as somebody on call would count them: windows in a row are one alert, not many.
// An alert is true if one of its windows belongs to a label, false if none does.

import type { JudgedWindow } from './match-labels.js';
import { compareText } from './scored-window.js';

export interface AlertEvent {
  readonly startMs: number;
  readonly endMs: number;
  /** In order of their start; at least one. All of them alert. */
  readonly windows: readonly JudgedWindow[];
  /** Indices of the labels, with grace, that its windows overlap, ascending. None: the alert is false. */
  readonly labels: readonly number[];
  /** It overlaps a benign stretch. Only a false alert is counted as a benign one. */
  readonly benign: boolean;
}

export interface AlertOptions {
  readonly gapMs: number;
  readonly realertMs: number;
}

/**
 * The alerts of each source: maximal runs of alerting windows with gaps of at most `gapMs`, cut wherever one has
 * been up for `realertMs`.
 *
 * @param windows sorted by file, source, start
 */
export function alertEvents(
  windows: readonly JudgedWindow[],
  isAlert: (window: JudgedWindow) => boolean,
  options: AlertOptions,
): AlertEvent[] {
  return runsOf(
    windows.filter(isAlert),
    (a, b) => a.row.file === b.row.file && a.row.source === b.row.source,
    options,
  );
}

/** As `alertEvents`, over all sources of a file: alerts that overlap in time are one incident. */
export function incidents(
  windows: readonly JudgedWindow[],
  isAlert: (window: JudgedWindow) => boolean,
  options: AlertOptions,
): AlertEvent[] {
  const alerting = windows
    .filter(isAlert)
    .sort((a, b) => compareText(a.row.file ?? '', b.row.file ?? '') || a.row.startMs - b.row.startMs);
  return runsOf(alerting, (a, b) => a.row.file === b.row.file, options);
}

function runsOf(
  alerting: readonly JudgedWindow[],
  belongTogether: (a: JudgedWindow, b: JudgedWindow) => boolean,
  { gapMs, realertMs }: AlertOptions,
): AlertEvent[] {
  const events: AlertEvent[] = [];
  let run: JudgedWindow[] = [];
  let endMs = 0;
  for (const window of alerting) {
    const first = run[0];
    const continues =
      first !== undefined &&
      belongTogether(first, window) &&
      window.row.startMs - endMs <= gapMs &&
      window.row.startMs - first.row.startMs < realertMs;
    if (!continues) {
      if (run.length > 0) events.push(eventOf(run, endMs));
      run = [];
      endMs = window.row.endMs;
    }
    run.push(window);
    endMs = Math.max(endMs, window.row.endMs);
  }
  if (run.length > 0) events.push(eventOf(run, endMs));
  return events;
}

function eventOf(windows: readonly JudgedWindow[], endMs: number): AlertEvent {
  return {
    startMs: windows[0]!.row.startMs,
    endMs,
    windows,
    labels: [...new Set(windows.flatMap((window) => window.coveredBy))].sort((a, b) => a - b),
    benign: windows.some((window) => window.benign),
  };
}

/** It belongs to no label, not even within the grace after one. */
export function isFalse(event: AlertEvent): boolean {
  return event.labels.length === 0;
}

/**
 * When each caught label was first seen: the end of the first alerting window that belongs to it (a window is known
 * only once it is over) less the onset, never below 0. Allowed lateness and transport come on top. By label index.
 */
export function detectionDelaysMs(
  events: readonly AlertEvent[],
  labels: readonly { readonly onsetMs: number }[],
): Map<number, number> {
  const delays = new Map<number, number>();
  for (const event of events) {
    if (isFalse(event)) continue;
    for (const { row, coveredBy } of event.windows) {
      for (const label of coveredBy) {
        const delayMs = Math.max(0, row.endMs - labels[label]!.onsetMs);
        if (delayMs < (delays.get(label) ?? Infinity)) delays.set(label, delayMs);
      }
    }
  }
  return delays;
}
