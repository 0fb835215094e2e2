// How long there was nothing to find: the time that false alerts are counted against.
// Time under a label or its grace does not count, for an alert there is not false.

import type { JudgedWindow } from './match-labels.js';
import { lengthMs, type Span, unionOfSpans } from './spans.js';

export const dayMs = 86_400_000;

export interface HealthyTime {
  /** Time in which at least one source was scored and healthy, summed over files. */
  readonly totalMs: number;
  /** The same for each source by itself. */
  readonly bySourceMs: ReadonlyMap<string, number>;
}

export function healthyTime(windows: readonly JudgedWindow[]): HealthyTime {
  const byFile = new Map<string, Span[]>();
  const bySource = new Map<string, Map<string, Span[]>>();
  for (const { row, coveredBy } of windows) {
    const spans = spansOf(bySource, row.source);
    if (coveredBy.length > 0) continue;
    append(byFile, row.file ?? '', row);
    append(spans, row.file ?? '', row);
  }
  return {
    totalMs: sumOfUnionsMs(byFile),
    bySourceMs: new Map([...bySource].map(([source, spans]) => [source, sumOfUnionsMs(spans)])),
  };
}

/** Null when there was no healthy time. */
export function perDay(count: number, healthyMs: number): number | null {
  return healthyMs > 0 ? count / (healthyMs / dayMs) : null;
}

function spansOf(bySource: Map<string, Map<string, Span[]>>, source: string): Map<string, Span[]> {
  let spans = bySource.get(source);
  if (spans === undefined) bySource.set(source, (spans = new Map<string, Span[]>()));
  return spans;
}

function append(byFile: Map<string, Span[]>, file: string, span: Span): void {
  const spans = byFile.get(file);
  if (spans === undefined) byFile.set(file, [span]);
  else spans.push(span);
}

/** Files may tell of the same hours: they are different histories, and their times add up. */
function sumOfUnionsMs(byFile: ReadonlyMap<string, readonly Span[]>): number {
  return [...byFile.values()].reduce((sum, spans) => sum + lengthMs(unionOfSpans(spans)), 0);
}
