// What a running consumer knows about itself, for health checks and metrics: which streams it owns, what it has stored of
// them since it began, and whether anything waits that should have been stored.
import type { SourceSnapshot } from '../../core/window/source-state.js';
import { type StreamCounts, withoutApart } from '../consume/counts.js';
import type { Clock, Commit, Json, StreamState } from '../ports.js';

/** Told by the loops. */
export interface ConsumeObserver {
  /** The group has met: these partitions are this consumer's, and maybe none is. */
  onAssigned(partitions: readonly number[]): void;
  /** @param state that earlier runs left */
  onTakeOver(streamId: string, state: StreamState): void;
  onRead(streamId: string): void;
  onCommit(streamId: string, commit: Pick<Commit, 'counts' | 'position' | 'sources'>): void;
  /** The loop of this stream is over. */
  onReleased(streamId: string): void;
  onStopping(): void;
}

/** Totals since this process began: of what it has read itself. */
export type RunTotals = Readonly<Record<(typeof TOTALS)[number], number>>;

export interface ConsumeState {
  /** Undefined where there are no groups, and until the group has met. */
  readonly assigned: readonly number[] | undefined;
  readonly streams: readonly StreamStatus[];
  readonly totals: RunTotals;
  /** Greatest event time of a source that was stored, ms; of the first so many. */
  readonly watermarksMs: ReadonlyMap<string, number>;
  readonly isStopping: boolean;
}

export interface StreamStatus {
  readonly streamId: string;
  readonly position: Json;
  /** Since when something that was read waits to be stored, ms; undefined while nothing does. */
  readonly waitsSinceMs: number | undefined;
}

export interface ConsumeStatus extends ConsumeObserver {
  state(): ConsumeState;
}

const TOTALS = [
  'read',
  'scored',
  'late',
  'deadLettered',
  'lost',
  'windows',
  'corrections',
  'alertsOpened',
] as const;

/** Labels of a metric must stay few. */
export const MOST_SOURCES = 100;
/** Stands for all sources beyond: the one that is furthest behind. */
export const OTHER_SOURCES = '__other__';

/** @param mostSources whose times are told each on its own */
export function createConsumeStatus(clock: Clock, mostSources = MOST_SOURCES): ConsumeStatus {
  let assigned: readonly number[] | undefined;
  let isStopping = false;
  const streams = new Map<string, { before: RunTotals; position: Json; waitsSinceMs: number | undefined }>();
  const watermarksMs = new Map<string, number>();
  let totals = totalsOf(undefined);

  const noteWatermark = (source: string, eventTimeMs: number): void => {
    const isKnown = watermarksMs.has(source) || watermarksMs.size < mostSources;
    if (isKnown) watermarksMs.set(source, eventTimeMs);
    else watermarksMs.set(OTHER_SOURCES, Math.min(eventTimeMs, watermarksMs.get(OTHER_SOURCES) ?? Infinity));
  };

  const noteWatermarks = (sources: StreamState['sources']): void => {
    for (const { source, windows } of sources) {
      const eventTimeMs = (windows as SourceSnapshot | null)?.gate.maxEventTimeMs;
      if (eventTimeMs != null) noteWatermark(source, eventTimeMs);
    }
  };

  return {
    onAssigned: (partitions) => {
      assigned = partitions;
    },
    onTakeOver: (streamId, { counts, position, sources }) => {
      streams.set(streamId, { before: totalsOf(counts), position, waitsSinceMs: undefined });
      noteWatermarks(sources);
    },
    onRead: (streamId) => {
      const stream = streams.get(streamId);
      if (stream !== undefined) stream.waitsSinceMs ??= clock.nowMs();
    },
    onCommit: (streamId, { counts, position, sources }) => {
      const stream = streams.get(streamId);
      if (stream === undefined) return;
      const now = totalsOf(counts);
      // a stream that is read anew begins with nothing: a total never falls
      totals = mapTotals((name) => totals[name] + Math.max(0, now[name] - stream.before[name]));
      streams.set(streamId, { before: now, position, waitsSinceMs: undefined });
      noteWatermarks(sources);
    },
    onReleased: (streamId) => {
      streams.delete(streamId);
    },
    onStopping: () => {
      isStopping = true;
    },
    state: () => ({
      assigned,
      streams: [...streams].map(([streamId, { position, waitsSinceMs }]) => ({
        streamId,
        position,
        waitsSinceMs,
      })),
      totals,
      watermarksMs,
      isStopping,
    }),
  };
}

function totalsOf(counts: StreamCounts | undefined): RunTotals {
  if (counts === undefined) return mapTotals(() => 0);
  const { records, lines, lost, windows, corrections, alertsOpened } = withoutApart(counts);
  return {
    read: records.read,
    scored: records.scored,
    late: records.late,
    // lines that are no records, and records that no window can take
    deadLettered: lines.setAside,
    lost: lost ?? 0,
    windows,
    corrections,
    alertsOpened,
  };
}

function mapTotals(valueOf: (name: keyof RunTotals) => number): RunTotals {
  return Object.fromEntries(TOTALS.map((name) => [name, valueOf(name)])) as RunTotals;
}
