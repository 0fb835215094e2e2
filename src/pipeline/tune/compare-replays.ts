// Two replays of the same past, one with what is proposed: which alerts are gone, which of those were right, which are new.
import type { Verdict } from '../desk/desk.js';
import { isRight, type ToldAlert } from './judged-alerts.js';
import type { ReplayedAlert } from './replay-alerts.js';

export interface ComparedAlert extends ReplayedAlert {
  /** Of the told alert that it is; null where nobody judged, or nothing was told. */
  readonly verdict: Verdict | null;
  readonly alertId: string | null;
}

export interface SourceComparison {
  readonly source: string;
  readonly before: number;
  readonly after: number;
  readonly beforePerDay: number;
  readonly afterPerDay: number;
}

export interface ReplayComparison {
  readonly before: number;
  readonly after: number;
  /** Gone, whatever they were. By start. */
  readonly removed: readonly ComparedAlert[];
  /** Of those, the ones judged real or not mine. */
  readonly lost: readonly ComparedAlert[];
  /** Where there was none before. */
  readonly added: readonly ReplayedAlert[];
  /** Right ones that stay and would have been told later, ms of event time. */
  readonly later: readonly (ComparedAlert & { readonly delayMs: number })[];
  /** Judged ones that the replay does not have as it is now: their windows are not in it, or were corrected. */
  readonly notReplayed: readonly ToldAlert[];
  /** Those with an alert in either; the most spared first. */
  readonly bySource: readonly SourceComparison[];
}

const DAY_MS = 86_400_000;

/** @param durationMs of the past that was replayed */
export function compareReplays(
  before: readonly ReplayedAlert[],
  after: readonly ReplayedAlert[],
  told: readonly ToldAlert[],
  durationMs: number,
): ReplayComparison {
  const beforeOf = bySource(before);
  const afterOf = bySource(after);
  const toldOf = bySource(told);
  const removed: ComparedAlert[] = [];
  const later: (ComparedAlert & { readonly delayMs: number })[] = [];
  for (const alert of before) {
    const { verdict, alertId } = strongest(
      (toldOf.get(alert.source) ?? []).filter((each) => meets(each, alert)),
    );
    const compared = { ...alert, verdict, alertId };
    const kept = afterOf.get(alert.source)?.find((each) => meets(each, alert));
    if (kept === undefined) removed.push(compared);
    else if (isRight(compared) && kept.sinceMs > alert.sinceMs)
      later.push({ ...compared, delayMs: kept.sinceMs - alert.sinceMs });
  }
  const isIn = (
    all: ReadonlyMap<string, readonly ReplayedAlert[]>,
    alert: ReplayedAlert | ToldAlert,
  ): boolean => all.get(alert.source)?.some((each) => meets(each, alert)) ?? false;
  const days = durationMs / DAY_MS;
  const sources = [...new Set([...beforeOf.keys(), ...afterOf.keys()])].map((source): SourceComparison => {
    const counts = [beforeOf.get(source)?.length ?? 0, afterOf.get(source)?.length ?? 0] as const;
    const [beforePerDay, afterPerDay] = counts.map((count) => (days > 0 ? count / days : 0)) as [
      number,
      number,
    ];
    return { source, before: counts[0], after: counts[1], beforePerDay, afterPerDay };
  });
  return {
    before: before.length,
    after: after.length,
    removed,
    lost: removed.filter(isRight),
    added: after.filter((alert) => !isIn(beforeOf, alert)),
    later,
    notReplayed: told.filter((alert) => alert.verdict !== null && !isIn(beforeOf, alert)),
    bySource: sources.sort(
      (a, b) =>
        b.before - b.after - (a.before - a.after) || b.before - a.before || (a.source < b.source ? -1 : 1),
    ),
  };
}

/** An alert of the replay may be several that were told: it is right when one of them was. */
function strongest(told: readonly ToldAlert[]): Pick<ComparedAlert, 'verdict' | 'alertId'> {
  const best = told.find(isRight) ?? told.find(({ verdict }) => verdict !== null) ?? told[0];
  return { verdict: best?.verdict ?? null, alertId: best?.alertId ?? null };
}

function meets(
  a: { readonly sinceMs: number; readonly untilMs: number },
  b: { readonly sinceMs: number; readonly untilMs: number },
): boolean {
  return a.sinceMs < b.untilMs && b.sinceMs < a.untilMs;
}

function bySource<T extends { readonly source: string }>(all: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(each.source);
    if (group) group.push(each);
    else groups.set(each.source, [each]);
  }
  return groups;
}
