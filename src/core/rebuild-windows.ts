// Windows of one source scored anew from the records that were kept of it: what an alert is checked by afterwards.
import type { Artifact } from './artifact.js';
import type { LogRecord } from './record.js';
import type { WindowRow } from './score-window.js';
import { createScorer } from './scorer.js';

export interface RebuildOptions {
  /** Of the rows: a service, or `*`. */
  readonly source: string;
  /** Of the source's latest record before those given; null where there was none. */
  readonly earlierMs: number | null;
  /** Windows that start here or later, and end by then, ms. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** @returns by start; as they finally were in the stream, if the records begin early enough before `fromMs` */
export function rebuildWindows(
  artifact: Omit<Artifact, 'probe'>,
  records: readonly LogRecord[],
  { source, earlierMs, fromMs, untilMs }: RebuildOptions,
): WindowRow[] {
  const scorer = createScorer(artifact, { issue: 'final' });
  const rows = new Map<number, WindowRow>();
  const sink = {
    onRow: (row: WindowRow): void => {
      if (row.source === source && row.startMs >= fromMs && row.endMs <= untilMs) rows.set(row.startMs, row);
    },
  };
  // the silence since then is a part of the history, and what was said is not: it lies beyond what any row looks back on
  if (earlierMs !== null) scorer.push({ eventTimeMs: earlierMs, source, severity: 0, body: '' }, sink);
  for (const record of records) scorer.push(record, sink);
  scorer.end(sink, untilMs - 1);
  return [...rows.values()].sort((a, b) => a.startMs - b.startMs);
}
