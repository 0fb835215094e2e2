// Retention in memory: the plainest statement of what the real stores do. Lines of alerts and sums are not held here, and
// nobody can speak of an alert.
import { isSameArtifact, type LaneNote } from '../lanes/promotion.js';
import type { DeadLetter, StoredAlert } from '../ports.js';
import type { StreamKey } from '../stream-key.js';
import {
  type KeptStretch,
  type LeftLane,
  noneOf,
  PRUNED,
  type PrunePiece,
  type Pruner,
  type PrunedCounts,
  type Retained,
  type SweepSettings,
} from '../retention/prune.js';
import { HOUR_MS } from './hour-sums.js';
import type { MemoryDeliveries } from './memory-deliveries.js';

export interface PrunedStream {
  readonly key: StreamKey;
  /** Of its last commit, ms; undefined before the first. */
  commitTimeMs: number | undefined;
  lane: LaneNote | undefined;
  readonly sources: Map<string, unknown>;
  readonly alerts: Map<string, StoredAlert>;
  readonly deliveries: MemoryDeliveries;
  readonly deadLetters: Map<string, DeadLetter>;
  retained: Omit<Retained, 'artifact'> | undefined;
}

export interface PrunedWindows {
  /** Of an artifact, by any key. */
  of(
    artifact: StreamKey['artifact'],
  ): Map<
    string,
    { readonly streamId: string; readonly row: { readonly source: string; readonly startMs: number } }
  >;
}

/** @param checkOwner throws FencedError when there is a newer one */
export function createMemoryPruner(
  own: PrunedStream,
  streams: () => readonly PrunedStream[],
  windows: PrunedWindows,
  checkOwner: () => void,
): Pruner {
  const isLeft = (stream: PrunedStream, leftSinceMs: number): boolean =>
    stream !== own && stream.commitTimeMs !== undefined && stream.commitTimeMs < leftSinceMs;
  const isReplaced = ({ key, lane }: PrunedStream): boolean =>
    key.streamId === own.key.streamId && lane?.role === 'retired';
  const note = (stream: PrunedStream, settings: SweepSettings, of: PrunePiece['of'], count: number): void => {
    const { keepMs, beforeMs } = settings;
    const known = stream.retained;
    const pruned: PrunedCounts = known?.pruned ?? noneOf();
    stream.retained = {
      keepMs,
      beforeMs: Math.max(beforeMs, known?.beforeMs ?? beforeMs),
      pruned: { ...pruned, [of]: pruned[of] + count },
    };
  };
  return {
    beginSweep: async (settings) => {
      checkOwner();
      note(own, settings, 'windows', 0);
      const left = streams().filter(
        (each) => isReplaced(each) || (settings.findsLeft && isLeft(each, settings.leftSinceMs)),
      );
      const kept = keptOf(own, streams());
      return {
        kept,
        left: left.map((each): LeftLane => ({
          ...each.key,
          sources: [...each.sources.keys()].sort(),
          kept: [...keptOf(each, streams()), ...kept],
        })),
      };
    },
    prune: async (piece, most, settings, lane) => {
      checkOwner();
      const stream =
        lane === undefined
          ? own
          : streams().find(
              (each) => isSame(each.key, lane) && (isReplaced(each) || isLeft(each, settings.leftSinceMs)),
            );
      if (stream === undefined) return 0;
      const count = deleteFrom(stream, piece, most, windows, lane !== undefined);
      if (count > 0) note(stream, settings, piece.of, count);
      return count;
    },
  };
}

/** Of all streams of an artifact together. */
export function memoryRetained(streams: readonly PrunedStream[]): Omit<Retained, 'artifact'> | undefined {
  const all = streams.flatMap(({ retained }) => retained ?? []).sort((a, b) => a.beforeMs - b.beforeMs);
  const last = all.at(-1);
  const pruned = Object.fromEntries(
    PRUNED.map((of) => [of, all.reduce((sum, each) => sum + each.pruned[of], 0)]),
  ) as PrunedCounts;
  return last && Object.values(pruned).some((count) => count > 0) ? { ...last, pruned } : undefined;
}

function deleteFrom(
  { key, alerts, deliveries, deadLetters }: PrunedStream,
  piece: PrunePiece,
  most: number,
  windows: PrunedWindows,
  isLeft: boolean,
): number {
  const { beforeMs } = piece;
  if (piece.of === 'windows') {
    const rows = windows.of(key.artifact);
    const gone = [...rows]
      .filter(
        ([, { streamId, row }]) =>
          row.source === piece.source &&
          row.startMs >= piece.fromMs &&
          row.startMs < beforeMs &&
          (!isLeft || streamId === key.streamId),
      )
      .sort(([, a], [, b]) => a.row.startMs - b.row.startMs)
      .slice(0, most);
    for (const [id] of gone) rows.delete(id);
    return gone.length;
  }
  if (piece.of === 'deadLetters') {
    const gone = [...deadLetters].filter(([, each]) => each.ingestTimeMs < beforeMs).slice(0, most);
    for (const [id] of gone) deadLetters.delete(id);
    return gone.length;
  }
  if (piece.of !== 'deliveries') return 0;
  const isOver = (alertId: string): boolean => {
    const alert = alerts.get(alertId);
    return alert === undefined || (!alert.isOpen && alert.untilMs < beforeMs);
  };
  return deliveries.prune(isOver, beforeMs, most);
}

/** An alert goes on under another artifact than it is stored under: those of all that read a stream of this one's count. */
function keptOf({ key }: PrunedStream, streams: readonly PrunedStream[]): KeptStretch[] {
  const own = streams.filter((each) => isSameArtifact(each.key.artifact, key.artifact));
  const streamIds = new Set(own.map((each) => each.key.streamId));
  const readers = streams.filter((each) => streamIds.has(each.key.streamId));
  return streams
    .filter((each) => readers.some((reader) => isSameArtifact(reader.key.artifact, each.key.artifact)))
    .flatMap(({ alerts }) => [...alerts.values()])
    .filter(({ isOpen }) => isOpen)
    .map(({ source, sinceMs }) => ({
      source,
      fromMs: Math.floor((sinceMs - HOUR_MS) / HOUR_MS) * HOUR_MS,
      untilMs: Infinity,
    }));
}

function isSame(a: StreamKey, b: StreamKey): boolean {
  return a.streamId === b.streamId && isSameArtifact(a.artifact, b.artifact);
}
