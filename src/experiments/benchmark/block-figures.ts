// What scores of windows say about blocks, when the truth is known by block and a block's lines lie in many windows.
import { areasOf } from './areas.js';
import type { RacedRow } from './race.js';

export interface BlockTruth {
  /** Blocks with a line in a window, by `windowKey`. */
  readonly blocksOfWindow: ReadonlyMap<string, ReadonlySet<string>>;
  readonly anomalousBlocks: ReadonlySet<string>;
}

export interface BlockFigures {
  /** Of windows that hold a line of an anomalous block against other windows that hold a line. */
  readonly windowRoc: number | null;
  readonly windowPrecision: number | null;
  /** Of blocks, each by the highest score of the windows that its lines are in. */
  readonly blockRoc: number | null;
  readonly blockPrecision: number | null;
  /** Share of windows with a line that alert. */
  readonly alertingShare: number | null;
  /** Share of blocks that are anomalous: of those with a line in an alerting window, and of all others. */
  readonly anomalousInside: number | null;
  readonly anomalousOutside: number | null;
}

export function windowKey(source: string, startMs: number): string {
  return `${source}|${startMs}`;
}

/** @param rows of which those without a record count nowhere: they hold no line of any block */
export function blockFigures(
  rows: readonly Pick<RacedRow, 'source' | 'startMs' | 'score' | 'alert'>[],
  { blocksOfWindow, anomalousBlocks }: BlockTruth,
): BlockFigures {
  const highest = new Map<string, number>();
  const alerted = new Set<string>();
  const windows = rows.flatMap(({ source, startMs, score, alert }) => {
    const blocks = blocksOfWindow.get(windowKey(source, startMs));
    if (blocks === undefined) return [];
    let isTrue = false;
    for (const block of blocks) {
      if (anomalousBlocks.has(block)) isTrue = true;
      if (alert) alerted.add(block);
      highest.set(block, Math.max(score, highest.get(block) ?? 0));
    }
    return [{ score, isTrue, alert }];
  });
  const byWindow = areasOf(windows);
  const byBlock = areasOf(
    [...highest].map(([block, score]) => ({ score, isTrue: anomalousBlocks.has(block) })),
  );
  const shareOf = <T>(items: readonly T[], isSo: (item: T) => boolean): number | null =>
    items.length === 0 ? null : items.filter(isSo).length / items.length;
  const blocks = [...highest.keys()];
  const isAnomalous = (block: string): boolean => anomalousBlocks.has(block);
  return {
    windowRoc: byWindow.rocAuc,
    windowPrecision: byWindow.averagePrecision,
    blockRoc: byBlock.rocAuc,
    blockPrecision: byBlock.averagePrecision,
    alertingShare: shareOf(windows, ({ alert }) => alert),
    anomalousInside: shareOf(
      blocks.filter((block) => alerted.has(block)),
      isAnomalous,
    ),
    anomalousOutside: shareOf(
      blocks.filter((block) => !alerted.has(block)),
      isAnomalous,
    ),
  };
}
