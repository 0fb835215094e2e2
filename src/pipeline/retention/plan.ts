// What one sweep asks a store to delete, in order: single windows source by source around what has to stay, then what hangs on
// alerts that are over, then the sums of long ago.
import {
  type KeptStretch,
  type LeftLane,
  type PrunePiece,
  sumsBeforeMs,
  type SweepSettings,
} from './prune.js';

export interface PlannedPiece {
  readonly piece: PrunePiece;
  /** Undefined of the owner's own. */
  readonly lane: LeftLane | undefined;
}

/** Sources with the start of their oldest windows that stay, ms. */
export type SourceCutoffs = Iterable<readonly [source: string, beforeMs: number]>;

export function planPieces(
  settings: SweepSettings,
  sources: SourceCutoffs,
  kept: readonly KeptStretch[],
  lane?: LeftLane,
): PlannedPiece[] {
  const { beforeMs } = settings;
  const windows = [...sources].flatMap(([source, cutoffMs]) => {
    const own = kept.filter((stretch) => stretch.source === source);
    return gapsOf(own, cutoffMs).map((gap): PrunePiece => ({ of: 'windows', source, ...gap }));
  });
  const others: PrunePiece[] = [
    { of: 'evidence', beforeMs },
    { of: 'deliveries', beforeMs },
    { of: 'deadLetters', beforeMs },
    { of: 'hours', beforeMs: sumsBeforeMs(settings) },
    { of: 'templateDays', beforeMs: sumsBeforeMs(settings) },
  ];
  return [...windows, ...others].map((piece) => ({ piece, lane }));
}

/** Before any record that a log can hold: 0001-01-01. */
const FIRST_MS = -62_135_596_800_000;

/** Of all time before the cutoff, what lies outside the stretches. */
function gapsOf(
  stretches: readonly Pick<KeptStretch, 'fromMs' | 'untilMs'>[],
  cutoffMs: number,
): { readonly fromMs: number; readonly beforeMs: number }[] {
  const gaps: { fromMs: number; beforeMs: number }[] = [];
  let fromMs = FIRST_MS;
  for (const stretch of [...stretches].sort((a, b) => a.fromMs - b.fromMs)) {
    const beforeMs = Math.min(stretch.fromMs, cutoffMs);
    if (beforeMs > fromMs) gaps.push({ fromMs, beforeMs });
    fromMs = Math.max(fromMs, stretch.untilMs);
  }
  if (cutoffMs > fromMs) gaps.push({ fromMs, beforeMs: cutoffMs });
  return gaps;
}
