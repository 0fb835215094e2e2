// A whole sweep at once, for tests of what it leaves.
import { planPieces, type SourceCutoffs } from './plan.js';
import { noneOf, type Prunable, type PrunedCounts, type Pruner, type SweepSettings } from './prune.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export function testSettings(beforeMs: number, changes: Partial<SweepSettings> = {}): SweepSettings {
  return { keepMs: DAY_MS, beforeMs, leftSinceMs: 0, findsLeft: false, ...changes };
}

/** @param most rows of one piece */
export async function sweepAll(
  owner: Pruner,
  settings: SweepSettings,
  sources: SourceCutoffs,
  most = 3,
): Promise<PrunedCounts> {
  const totals: Record<Prunable, number> = { ...noneOf() };
  const { kept, left } = await owner.beginSweep(settings);
  const pieces = [
    ...planPieces(settings, sources, kept),
    ...left.flatMap((lane) =>
      planPieces(
        settings,
        lane.sources.map((source) => [source, settings.beforeMs] as const),
        lane.kept,
        lane,
      ),
    ),
  ];
  for (const { piece, lane } of pieces)
    for (let rows = most; rows === most;) {
      rows = await owner.prune(piece, most, settings, lane);
      totals[piece.of] += rows;
    }
  return totals;
}
