// The time axis of a bootstrap: every distinct start of a window, file after file, and what is booked on it.
// All services of one instant are drawn together, since trouble in one is seldom without echo in another.

import { isFalse } from './events.js';
import type { JudgedWindow } from './match-labels.js';
import { quantile } from './metrics.js';
import type { Prepared } from './prepare.js';
import { compareText } from './scored-window.js';

export interface Instant {
  readonly file: string;
  readonly startMs: number;
  /** Latest end of the windows that start here. */
  endMs: number;
  /** Latest end of the healthy ones; `startMs` when there is none. */
  healthyEndMs: number;
}

export interface InstantAxis {
  readonly instants: readonly Instant[];
  /** Instant of each window, by position. */
  readonly ofWindow: Uint32Array;
  /** Median distance of neighbours; null with fewer than two in any file. */
  readonly hopMs: number | null;
}

export function instantAxis(windows: readonly JudgedWindow[]): InstantAxis {
  const byKey = new Map<string, Instant>();
  for (const { row, coveredBy } of windows) {
    const key = keyOf(row.file, row.startMs);
    let instant = byKey.get(key);
    if (instant === undefined) {
      const { startMs, endMs } = row;
      byKey.set(key, (instant = { file: row.file ?? '', startMs, endMs, healthyEndMs: startMs }));
    }
    instant.endMs = Math.max(instant.endMs, row.endMs);
    if (coveredBy.length === 0) instant.healthyEndMs = Math.max(instant.healthyEndMs, row.endMs);
  }
  const instants = [...byKey.values()].sort((a, b) => compareText(a.file, b.file) || a.startMs - b.startMs);
  const indices = new Map(instants.map(({ file, startMs }, index) => [keyOf(file, startMs), index]));
  const hopsMs = instants
    .slice(1)
    .flatMap((instant, i) =>
      instants[i]!.file === instant.file ? instant.startMs - instants[i]!.startMs : [],
    )
    .sort((a, b) => a - b);
  return {
    instants,
    ofWindow: Uint32Array.from(windows, ({ row }) => indices.get(keyOf(row.file, row.startMs))!),
    hopMs: quantile(hopsMs, 0.5),
  };
}

/** Amounts by instant, each adding up to what the measures count. */
export interface Booked {
  readonly positives: Float64Array;
  readonly hits: Float64Array;
  readonly labels: Float64Array;
  readonly caught: Float64Array;
  readonly falseAlerts: Float64Array;
  readonly healthyMs: Float64Array;
}

export function bookOnInstants({ judgement, events, delaysMs }: Prepared, axis: InstantAxis): Booked {
  const amounts = (): Float64Array => new Float64Array(axis.instants.length);
  const booked: Booked = {
    positives: amounts(),
    hits: amounts(),
    labels: amounts(),
    caught: amounts(),
    falseAlerts: amounts(),
    healthyMs: healthyMsByInstant(axis.instants),
  };
  const instantOf = new Map(judgement.windows.map((window, i) => [window, axis.ofWindow[i]!]));
  for (const [window, instant] of instantOf) {
    if (window.positiveFor.length === 0) continue;
    booked.positives[instant]!++;
    if (window.row.alert) booked.hits[instant]!++;
  }
  for (const event of events) {
    if (isFalse(event)) booked.falseAlerts[instantOf.get(event.windows[0]!)!]!++;
  }
  for (const label of judgement.judgedLabels) {
    const { onsetMs } = judgement.labels[label]!;
    const instant = axis.instants.findIndex(({ startMs, endMs }) => startMs <= onsetMs && onsetMs < endMs);
    booked.labels[instant]!++;
    if (delaysMs.has(label)) booked.caught[instant]!++;
  }
  return booked;
}

/** What each instant's healthy windows add to the time covered by those before them. */
function healthyMsByInstant(instants: readonly Instant[]): Float64Array {
  let file: string | undefined;
  let untilMs = -Infinity;
  return Float64Array.from(instants, (instant) => {
    if (instant.file !== file) untilMs = -Infinity;
    file = instant.file;
    const addedMs = Math.max(0, instant.healthyEndMs - Math.max(instant.startMs, untilMs));
    untilMs = Math.max(untilMs, instant.healthyEndMs);
    return addedMs;
  });
}

function keyOf(file: string | undefined, startMs: number): string {
  return `${startMs} ${file ?? ''}`;
}
