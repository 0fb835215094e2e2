// What retention asks of a database, as steps that either kind takes: SQLite in one go within its transaction, PostgreSQL
// waiting for each answer.
import type { AlertEvent } from '../../core/alert-event.js';
import {
  type KeptStretch,
  type LeftLane,
  PRUNED,
  type Pruner,
  type PrunedCounts,
  type PrunePiece,
  type Retained,
  sumsBeforeMs,
  type SweepSettings,
} from '../retention/prune.js';
import { readStoredText } from '../store/stored-text.js';
import { HOUR_MS } from './hour-sums.js';
import {
  IS_LEFT,
  KEPT_ALERTS,
  LEFT_LANES,
  noteText,
  peekText,
  pruneText,
  RETAINED,
  sourcesText,
} from './prune-statements.js';
import type { Sql, SqlValue } from './sql.js';
import { dayOfHour } from './template-days.js';

export interface Asked {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export interface Answer {
  readonly rows: readonly (readonly unknown[])[];
  /** Rows that were deleted. */
  readonly changes: number;
}

export type Steps<T> = Generator<Asked, T, Answer>;

/** A stream and its artifact, by their numbers. */
export interface LaneIds {
  readonly streamPk: number;
  readonly artifactId: number;
}

export type PruneDialect = Pick<Sql, 'kind' | 'keyOf'>;

/** Around an alert that stays, so that its page still shows what led to it. */
const AROUND_MS = HOUR_MS;

/** Before any commit. */
const NEVER_MS = -1;

/** Within the transaction of the owner. */
export function* beginSteps(
  ids: LaneIds,
  settings: SweepSettings,
  { kind }: PruneDialect,
): Steps<Awaited<ReturnType<Pruner['beginSweep']>>> {
  const { keepMs, beforeMs, leftSinceMs, findsLeft } = settings;
  yield { text: noteText('windows'), values: [ids.streamPk, keepMs, beforeMs, 0] };
  const kept = yield* keptSteps(ids.artifactId, beforeMs);
  const left: LeftLane[] = [];
  const { rows } = yield { text: LEFT_LANES, values: [findsLeft ? leftSinceMs : NEVER_MS, ids.streamPk] };
  for (const row of rows) {
    const [streamPk, artifactId, streamId, name, version] = row as [number, number, string, string, string];
    const sources = (yield { text: sourcesText(kind), values: [streamPk] }).rows;
    left.push({
      streamId: readStoredText(streamId),
      artifact: { name: readStoredText(name), version },
      sources: sources.map(([source]) => readStoredText(source as string)),
      // an alert that goes on elsewhere may have its first windows here
      kept: [...(yield* keptSteps(artifactId, beforeMs)), ...kept],
    });
  }
  return { kept, left };
}

function* keptSteps(artifactId: number, beforeMs: number): Steps<KeptStretch[]> {
  const { rows } = yield { text: KEPT_ALERTS, values: [artifactId, beforeMs + AROUND_MS] };
  return rows.map(([lastEvent, isOpen]) => {
    const { source, sinceMs, untilMs } = JSON.parse(lastEvent as string) as AlertEvent;
    // whole hours: the sums of an hour are made of all its windows or stay as they are
    const hour = (timeMs: number): number => Math.floor(timeMs / HOUR_MS) * HOUR_MS;
    const endMs = isOpen ? Infinity : hour(untilMs + AROUND_MS) + HOUR_MS;
    return { source, fromMs: hour(sinceMs - AROUND_MS), untilMs: endMs };
  });
}

/** Whether there is anything to delete: asked for before a transaction is begun. */
export function* peekSteps(own: LaneIds, asked: PruneAsked, dialect: PruneDialect): Steps<boolean> {
  const ids = yield* idsOf(own, asked, dialect);
  if (ids === undefined) return false;
  const { rows } = yield {
    text: peekText(asked.piece.of),
    values: valuesOf(ids, { ...asked, most: 1 }, dialect),
  };
  return rows.length > 0;
}

export interface PruneAsked {
  readonly piece: PrunePiece;
  readonly most: number;
  readonly settings: SweepSettings;
  readonly lane: LeftLane | undefined;
}

/** Within the transaction of the owner. @returns rows that were deleted */
export function* pruneSteps(own: LaneIds, asked: PruneAsked, dialect: PruneDialect): Steps<number> {
  const { piece, settings } = asked;
  const ids = yield* idsOf(own, asked, dialect);
  if (ids === undefined) return 0;
  const { changes } = yield {
    text: pruneText(piece.of, dialect.kind),
    values: valuesOf(ids, asked, dialect),
  };
  if (changes > 0)
    yield {
      text: noteText(piece.of),
      values: [ids.streamPk, settings.keepMs, settings.beforeMs, changes],
    };
  return changes;
}

/** Undefined where somebody has come back to the lane. */
function* idsOf(
  own: LaneIds,
  { lane, settings }: PruneAsked,
  { keyOf }: PruneDialect,
): Steps<LaneIds | undefined> {
  if (lane === undefined) return own;
  const { rows } = yield {
    text: IS_LEFT,
    values: [
      keyOf(lane.streamId).key,
      keyOf(lane.artifact.name).key,
      lane.artifact.version,
      settings.leftSinceMs,
    ],
  };
  const [row] = rows as readonly (readonly [number, number])[];
  return row && { streamPk: row[0], artifactId: row[1] };
}

function valuesOf(
  { streamPk, artifactId }: LaneIds,
  { piece, most, settings, lane }: PruneAsked,
  { keyOf }: PruneDialect,
): SqlValue[] {
  if (piece.of === 'windows') {
    const { source, fromMs, beforeMs } = piece;
    // a source that came from another stream has its windows there; what was left may be of a source that others read
    return [artifactId, keyOf(source).key, fromMs, beforeMs, lane === undefined ? 0 : streamPk, most];
  }
  if (piece.of !== 'hours' && piece.of !== 'templateDays') return [streamPk, piece.beforeMs, most];
  const hour = Math.floor(piece.beforeMs / HOUR_MS);
  const before = piece.of === 'hours' ? hour : dayOfHour(hour);
  return [artifactId, before, streamPk, settings.leftSinceMs, sumsBeforeMs(settings), most];
}

/** Undefined where nothing was deleted. */
export function* retainedSteps(artifactId: number): Steps<Omit<Retained, 'artifact'> | undefined> {
  const { rows } = yield { text: RETAINED, values: [artifactId] };
  const all = rows as readonly (readonly number[])[];
  const sum = (index: number): number => all.reduce((total, row) => total + row[index]!, 0);
  const pruned = Object.fromEntries(PRUNED.map((of, index) => [of, sum(index + 2)])) as PrunedCounts;
  if (Object.values(pruned).every((count) => count === 0)) return undefined;
  const [keepMs, beforeMs] = all.at(-1)! as [number, number];
  return { keepMs, beforeMs, pruned };
}
