// The scores of one source around an error, few enough points to draw.
import type { JudgedWindow } from '../evaluate/match-labels.js';
import type { WindowName } from './window-key.js';

export interface ScorePoint {
  readonly startMs: number;
  readonly endMs: number;
  readonly score: number;
}

/** Before and after the error, ms. */
const CONTEXT_MS = 20 * 60_000;
const MAX_POINTS = 200;

/**
 * @param windows sorted by file, source, start
 * @returns by time; where there are too many, the highest of neighbours
 */
export function scoreHistory(
  windows: readonly JudgedWindow[],
  { file, source }: WindowName,
  span: { readonly startMs: number; readonly endMs: number },
): readonly ScorePoint[] {
  const own = windows
    .filter(
      ({ row }) =>
        row.source === source &&
        row.file === file &&
        row.startMs < span.endMs + CONTEXT_MS &&
        row.endMs > span.startMs - CONTEXT_MS,
    )
    .map(({ row: { startMs, endMs, score } }) => ({ startMs, endMs, score }));
  const each = Math.ceil(own.length / MAX_POINTS);
  return Array.from({ length: Math.ceil(own.length / Math.max(1, each)) }, (_, i) => {
    const near = own.slice(i * each, (i + 1) * each);
    return {
      startMs: near[0]!.startMs,
      endMs: near.at(-1)!.endMs,
      score: near.reduce((highest, { score }) => Math.max(highest, score), 0),
    };
  });
}
