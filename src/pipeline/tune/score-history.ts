// Scores of the past with the reasons of those that alerted: what another threshold or a muted line is asked of. From the
// store, or from lines that were scored again.
import { windowsInPages } from '../store/windows-in-pages.js';
import type { Explanation } from '../../core/alert.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { WindowRow } from '../../core/score-window.js';
import type { DashboardReader, TimeRange } from '../dashboard/reader.js';
import type { ResultStore } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';

/** All windows of one source, by start. */
export interface SourceHistory {
  readonly source: string;
  readonly startsMs: readonly number[];
  readonly scores: readonly number[];
  /** By start of the window; of those that alerted. */
  readonly explanations: ReadonlyMap<number, Explanation>;
}

export type HistoryRow = Pick<WindowRow, 'source' | 'startMs' | 'score' | 'explanation'>;

export interface HistoryBuilder {
  /** Rows of a source in any order; of two that start together the first one stays. Those of the canary are left out. */
  add(row: HistoryRow): void;
  /** By name of the source. */
  histories(): readonly SourceHistory[];
}

export function createHistoryBuilder(): HistoryBuilder {
  const bySource = new Map<
    string,
    { starts: number[]; scores: number[]; reasons: Map<number, Explanation> }
  >();
  return {
    add: ({ source, startMs, score, explanation }) => {
      if (source === CANARY_SOURCE) return;
      let own = bySource.get(source);
      if (own === undefined) bySource.set(source, (own = { starts: [], scores: [], reasons: new Map() }));
      own.starts.push(startMs);
      own.scores.push(score);
      if (explanation && !own.reasons.has(startMs)) own.reasons.set(startMs, explanation);
    },
    histories: () =>
      [...bySource]
        .map(([source, { starts, scores, reasons }]) => ({
          source,
          ...byStart(starts, scores),
          explanations: reasons,
        }))
        .sort((a, b) => (a.source < b.source ? -1 : 1)),
  };
}

/** Windows of a stretch: their places in the history, first and behind the last. */
export function windowsIn(
  { startsMs }: SourceHistory,
  { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number },
): readonly [first: number, behind: number] {
  return [placeOf(startsMs, sinceMs), placeOf(startsMs, untilMs)];
}

/** Of the first that is not before it. */
function placeOf(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Highest score of a stretch; undefined where the history has no window of it. */
export function peakIn(
  history: SourceHistory | undefined,
  stretch: { readonly sinceMs: number; readonly untilMs: number },
): number | undefined {
  if (history === undefined) return undefined;
  const [first, behind] = windowsIn(history, stretch);
  let peak: number | undefined;
  for (let at = first; at < behind; at++) peak = Math.max(peak ?? 0, history.scores[at]!);
  return peak;
}

/**
 * @param artifacts the one that is looked at and then those that it was tuned from, whose windows stand in where it has none:
 * they scored as it does, but for what was muted since
 */
export async function readHistories(
  store: ResultStore,
  reader: DashboardReader,
  artifacts: readonly ArtifactKey[],
  range: TimeRange,
): Promise<readonly SourceHistory[]> {
  const builder = createHistoryBuilder();
  const firstMs = new Map<string, number>();
  for (const artifact of artifacts) {
    const reasons = await readReasons(store, artifact, range);
    const begunMs = new Map(firstMs);
    for await (const part of reader.scores(artifact, range))
      for (const { source, startMs, score } of part) {
        if (startMs >= (begunMs.get(source) ?? Infinity)) continue;
        const explanation = reasons.get(source)?.get(startMs);
        builder.add({ source, startMs, score, ...(explanation ? { explanation } : {}) });
        firstMs.set(source, Math.min(startMs, firstMs.get(source) ?? Infinity));
      }
  }
  return builder.histories();
}

async function readReasons(
  store: ResultStore,
  artifact: ArtifactKey,
  { fromMs, toMs }: TimeRange,
): Promise<ReadonlyMap<string, ReadonlyMap<number, Explanation>>> {
  const reasons = new Map<string, Map<number, Explanation>>();
  for await (const { source, startMs, explanation } of windowsInPages(store, {
    artifact,
    fromMs,
    toMs,
    onlyAlerting: true,
  })) {
    if (!explanation) continue;
    const own = reasons.get(source);
    if (own) own.set(startMs, explanation);
    else reasons.set(source, new Map([[startMs, explanation]]));
  }
  return reasons;
}

function byStart(
  starts: readonly number[],
  scores: readonly number[],
): Pick<SourceHistory, 'startsMs' | 'scores'> {
  let isAscending = true;
  for (let at = 1; at < starts.length; at++) isAscending &&= starts[at - 1]! < starts[at]!;
  if (isAscending) return { startsMs: starts, scores };
  const order = starts.map((_, at) => at).sort((a, b) => starts[a]! - starts[b]! || a - b);
  const kept = order.filter((at, place) => place === 0 || starts[order[place - 1]!] !== starts[at]);
  return { startsMs: kept.map((at) => starts[at]!), scores: kept.map((at) => scores[at]!) };
}
