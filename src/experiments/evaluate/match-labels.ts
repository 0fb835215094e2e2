// Which windows the labels call anomalous, which they call healthy, and which they say nothing about.
// Done once per evaluation: everything after it looks at judged windows only.

import type { Label, Labels } from '../labels.js';
import { ALL_SOURCES } from '../../core/window/window-spec.js';
import { latestRevisions, type ScoredWindow } from './scored-window.js';
import { containsInstant, overlaps, type Span, unionOfSpans } from './spans.js';

export interface JudgedWindow {
  readonly row: ScoredWindow;
  /**
   * Indices of the labels that make the window positive: those of its service that it overlaps at all.
   * The rule of the windowed log benchmarks: a window is anomalous if anything in it is.
   */
  readonly positiveFor: readonly number[];
  /** As `positiveFor`, with each label longer by the grace at its end: an alert here is not false. */
  readonly coveredBy: readonly number[];
  /** Overlaps a benign stretch of its service (with the same grace). */
  readonly benign: boolean;
}

export interface JudgedCounts {
  readonly rowsRead: number;
  /** Replaced by a higher revision or a repetition. */
  readonly rowsSuperseded: number;
  /** Of these, repetitions of the same revision with another answer. */
  readonly rowsConflicting: number;
  /** No part of them lies in the labels' time span. */
  readonly windowsOutsideLabels: number;
  readonly windowsJudged: number;
  readonly labels: number;
  /** The onset lies in no scored window: the detector was not there to see it. */
  readonly labelsNotScored: number;
}

export interface Judgement {
  /** Sorted by file, source, start. */
  readonly windows: readonly JudgedWindow[];
  /** Every label; indices above point in here. */
  readonly labels: readonly Label[];
  /** Indices of the labels whose detection is judged. */
  readonly judgedLabels: readonly number[];
  readonly counts: JudgedCounts;
}

/**
 * A window of source s belongs to a label when it overlaps `[startMs, endMs)` and s is among the label's
 * services or is `*`. A label is judged when some source was being scored at its onset, whether or not it was one
 * of the label's own: a detector gains nothing by giving no window for a service that fell silent.
 */
export function judge(rows: Iterable<ScoredWindow>, labels: Labels, graceMs: number): Judgement {
  let rowsRead = 0;
  const counted = (function* () {
    for (const row of rows) {
      rowsRead++;
      yield row;
    }
  })();
  const latest = latestRevisions(counted);
  const inSpan = latest.rows.filter((row) => overlaps(row, labels));
  const scoredTime = unionOfSpans(inSpan);
  const judgedLabels = [...labels.labels.keys()].filter((index) =>
    containsInstant(scoredTime, labels.labels[index]!.onsetMs),
  );
  return {
    windows: matchAll(inSpan, labels, graceMs),
    labels: labels.labels,
    judgedLabels,
    counts: {
      rowsRead,
      rowsSuperseded: latest.superseded,
      rowsConflicting: latest.conflicting,
      windowsOutsideLabels: latest.rows.length - inSpan.length,
      windowsJudged: inSpan.length,
      labels: labels.labels.length,
      labelsNotScored: labels.labels.length - judgedLabels.length,
    },
  };
}

function matchAll(rows: readonly ScoredWindow[], labels: Labels, graceMs: number): JudgedWindow[] {
  let previous: ScoredWindow | undefined;
  let positiveFor: Matcher = () => NONE;
  let coveredBy: Matcher = () => NONE;
  let benign: Matcher = () => NONE;
  return rows.map((row) => {
    // rows come sorted by file, source and start, and a matcher only moves forward
    if (previous?.source !== row.source || previous.file !== row.file) {
      positiveFor = createMatcher(labels.labels, row.source, 0);
      coveredBy = createMatcher(labels.labels, row.source, graceMs);
      benign = createMatcher(labels.benign, row.source, graceMs);
    }
    previous = row;
    return {
      row,
      positiveFor: positiveFor(row),
      coveredBy: coveredBy(row),
      benign: benign(row).length > 0,
    };
  });
}

/** Gives the indices of the stretches a window overlaps; windows must come in order of their start. */
type Matcher = (window: Span) => readonly number[];

const NONE: readonly number[] = [];

function createMatcher(
  stretches: readonly (Span & { readonly services: readonly string[] })[],
  source: string,
  graceMs: number,
): Matcher {
  const mine = stretches
    .map(({ startMs, endMs, services }, index) => ({ startMs, endMs: endMs + graceMs, services, index }))
    .filter(({ services }) => source === ALL_SOURCES || services.includes(source))
    .sort((a, b) => a.startMs - b.startMs);
  let first = 0;
  return (window) => {
    while (first < mine.length && mine[first]!.endMs <= window.startMs) first++;
    let found: number[] | undefined;
    for (let i = first; i < mine.length && mine[i]!.startMs < window.endMs; i++) {
      if (overlaps(mine[i]!, window)) (found ??= []).push(mine[i]!.index);
    }
    return found ?? NONE;
  };
}
