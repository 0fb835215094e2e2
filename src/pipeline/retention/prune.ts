// What a store is asked to let go of, piece by piece, and what it says of it: small deletions between commits, each by the
// owner of a stream and in a transaction that looks at its epoch first.
import type { ArtifactKey, StreamKey } from '../stream-key.js';

/**
 * - `windows`: rows of single windows
 * - `evidence`: lines of alerts that are over and that nobody judged, acknowledged or commented on
 * - `deliveries`: of alerts that are over, once each of theirs is settled
 * - `deadLetters`: what was set aside
 * - `hours`, `templateDays`: sums by source and hour, and by template and day
 */
export const PRUNED = ['windows', 'evidence', 'deliveries', 'deadLetters', 'hours', 'templateDays'] as const;
export type Prunable = (typeof PRUNED)[number];

/** Rows that were deleted. */
export type PrunedCounts = Readonly<Record<Prunable, number>>;

export type PrunePiece =
  | {
      readonly of: 'windows';
      readonly source: string;
      /** Windows that start in `[fromMs, beforeMs)`, ms. */
      readonly fromMs: number;
      readonly beforeMs: number;
    }
  | { readonly of: Exclude<Prunable, 'windows'>; readonly beforeMs: number };

/** Windows of a source that stay however old they are: an alert that is open, or that a person spoke of. Half open, ms. */
export interface KeptStretch {
  readonly source: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface SweepSettings {
  readonly keepMs: number;
  /** Start of the oldest windows that stay, ms. */
  readonly beforeMs: number;
  /** Whoever committed since then, ms by the wall clock, takes care of its own. */
  readonly leftSinceMs: number;
  /** Whether streams that were left are to be looked for, beside the owner's. */
  readonly findsLeft: boolean;
}

/** A stream that nobody has read with this artifact for as long as things are kept, or the owner's, on which another took its place. */
export interface LeftLane extends StreamKey {
  readonly sources: readonly string[];
  readonly kept: readonly KeptStretch[];
}

/** Of one owner. Nothing is deleted once there is a newer one. */
export interface Pruner {
  /**
   * Notes for readers from when on windows are there.
   *
   * @throws FencedError when there is a newer owner
   */
  beginSweep(settings: SweepSettings): Promise<{
    readonly kept: readonly KeptStretch[];
    readonly left: readonly LeftLane[];
  }>;
  /**
   * @param most rows to delete: where so many were, there may be more
   * @param settings of the sweep that it belongs to
   * @param lane that was left; default: the owner's
   * @returns rows that were deleted
   * @throws FencedError when there is a newer owner
   */
  prune(piece: PrunePiece, most: number, settings: SweepSettings, lane?: LeftLane): Promise<number>;
}

/** What is gone of an artifact's results. */
export interface Retained {
  readonly artifact: ArtifactKey;
  readonly keepMs: number;
  /** Windows that start before this were deleted, but for those of alerts that a person spoke of, ms. */
  readonly beforeMs: number;
  readonly pruned: PrunedCounts;
}

/** How much longer than single windows their sums are kept. */
export const SUMS_KEPT_TIMES = 4;

/** Sums of what was before this are deleted, ms. */
export function sumsBeforeMs({ keepMs, beforeMs }: Pick<SweepSettings, 'keepMs' | 'beforeMs'>): number {
  return beforeMs - (SUMS_KEPT_TIMES - 1) * keepMs;
}

export function noneOf(): PrunedCounts {
  return Object.fromEntries(PRUNED.map((each) => [each, 0])) as PrunedCounts;
}
