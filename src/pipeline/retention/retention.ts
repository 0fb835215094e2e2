// How long a process keeps results, and what it has deleted since: shared by its loops, told to metrics and, at most once a
// day, to whoever reads its messages.
import type { Clock } from '../ports.js';
import { noneOf, type Prunable, type PrunedCounts, type Retained } from './prune.js';

export interface Retention {
  readonly keepMs: number;
  /** Since the start of this process. */
  totals(): PrunedCounts;
  note(of: Prunable, rows: number): void;
  /** A loop deletes from here on. @param beforeMs windows that start before then go, ms */
  sweepBegan(beforeMs: number): void;
  /** A loop has deleted all that is old for now. */
  sweepEnded(): void;
  /** Whether streams that were left are to be looked for: once a day by one of the loops. */
  takesLeft(): boolean;
  /** Says what was not said yet. */
  stop(): void;
}

const DAY_MS = 86_400_000;

export function createRetention(
  keepMs: number,
  clock: Pick<Clock, 'nowMs'>,
  say: (sentence: string) => void,
): Retention {
  const totals: Record<Prunable, number> = { ...noneOf() };
  let said: PrunedCounts = noneOf();
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let leftAtMs = Number.NEGATIVE_INFINITY;
  let untilMs: number | undefined;

  const sayNew = (): void => {
    const fresh = Object.fromEntries(
      Object.entries(totals).map(([of, count]) => [of, count - said[of as Prunable]]),
    ) as PrunedCounts;
    if (untilMs === undefined || Object.values(fresh).every((count) => count === 0)) return;
    say(describePruned(fresh, keepMs, untilMs));
    said = { ...totals };
    saidAtMs = clock.nowMs();
  };

  return {
    keepMs,
    totals: () => ({ ...totals }),
    note: (of, rows) => {
      totals[of] += rows;
    },
    sweepBegan: (beforeMs) => {
      untilMs = Math.max(beforeMs, untilMs ?? beforeMs);
    },
    sweepEnded: () => {
      if (clock.nowMs() - saidAtMs >= DAY_MS) sayNew();
    },
    takesLeft: () => {
      if (clock.nowMs() - leftAtMs < DAY_MS) return false;
      leftAtMs = clock.nowMs();
      return true;
    },
    stop: sayNew,
  };
}

const WORDS: Readonly<Record<Prunable, string>> = {
  windows: 'windows',
  evidence: 'lines of alerts that nobody spoke of',
  deliveries: 'deliveries',
  deadLetters: 'dead letters',
  hours: 'sums by the hour',
  templateDays: 'template counts by the day',
};

export function describePruned(pruned: PrunedCounts, keepMs: number, beforeMs: number): string {
  const parts = (Object.keys(WORDS) as Prunable[]).flatMap((of) =>
    pruned[of] === 0 ? [] : [`${WORDS[of]} ${pruned[of].toLocaleString('en-US')}`],
  );
  return `deleted what is older than ${showDays(keepMs)}: ${parts.join(', ')}; windows are complete from ${showMinute(beforeMs)} on`;
}

/** For whoever asks for windows from then on; undefined where none that could be among them was deleted. */
export function describeRetained(retained: Retained | undefined, fromMs: number): string | undefined {
  if (retained === undefined || retained.pruned.windows === 0 || fromMs >= retained.beforeMs)
    return undefined;
  return `windows that start before ${showMinute(retained.beforeMs)} are not all there any more: they are kept for ${showDays(retained.keepMs)}`;
}

/** `90d`, `36h` */
export function showDays(keepMs: number): string {
  return keepMs % DAY_MS === 0 ? `${keepMs / DAY_MS}d` : `${Math.round(keepMs / 3_600_000)}h`;
}

/** `2026-03-03 04:00Z` */
export function showMinute(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
