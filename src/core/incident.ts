// Alerts of one cause as one incident: which service deviated first, which followed, and the story in a sentence.
// Pure and without memory: the same alerts give the same incidents, in whatever order they are handed over.
import { scoreAtOdds } from './score-odds.js';

export interface IncidentAlert {
  readonly alertId: string;
  readonly source: string;
  /** Start of its first alerting window, ms. */
  readonly sinceMs: number;
  /** Start of what is on now, of one that opened again or changed, ms; default `sinceMs`. What was before is no part of it. */
  readonly episodeMs?: number | undefined;
  /** End of its last alerting window so far, ms. */
  readonly untilMs: number;
  readonly peakScore: number;
  /** When its service began to deviate, see `deviationStartMs`; default `episodeMs`. */
  readonly deviatedMs?: number | undefined;
  /** Any number that is greater for alerts that were told later; default `episodeMs`. */
  readonly toldOrder?: number | undefined;
}

export interface IncidentOptions {
  /** Length of a window: services that deviate within one cannot be put in an order, ms. */
  readonly windowMs: number;
  /** An alert joins when it deviates no later than this after the last service that joined newly, ms. Default 5 minutes. */
  readonly gapMs?: number;
  /** Longest time between the first deviation and the last that may join, ms. Default 1 hour. */
  readonly longestMs?: number;
}

export interface IncidentGroup<A extends IncidentAlert> {
  /** Id of the alert that was told first. */
  readonly id: string;
  /** Start of the first and end of the last alerting window of what is on now, ms. */
  readonly sinceMs: number;
  readonly untilMs: number;
  /** The service that deviated first; of several the one with the highest peak score, then by name. */
  readonly rootSource: string;
  /** Others that deviated within the same window: each may as well be the root. */
  readonly tied: readonly string[];
  /** In the order in which their services first deviated; of one service by deviation. */
  readonly alerts: readonly (A & { readonly deviatedMs: number })[];
  /** `payments deviated first, checkout 30 s later, …` — names as they are in the logs. */
  readonly story: string;
}

const GAP_MS = 300_000;
const LONGEST_MS = 3_600_000;

/**
 * Alerts are taken in the order in which they were told. Each joins the incident that it lies nearest to in time and fits:
 * no more than `gapMs` before the first or after the last service that deviated, and no more than `longestMs` from the first
 * to the last. What a service tells again does not make an incident last longer, only a service that is new to it does: a
 * storm of a whole day falls into many. An alert that fits two incidents goes to the nearer, of equally near ones to the
 * one that was told first, and the two stay two: so no alert that is told later takes another alert, or an id, out of
 * its incident. Alerts from before the range that is asked for must be among them for `longestMs`, or an incident
 * at its beginning is cut.
 *
 * @param alerts of one artifact, each once
 * @returns in the order of the first deviation
 */
export function groupIncidents<A extends IncidentAlert>(
  alerts: readonly A[],
  { windowMs, gapMs = GAP_MS, longestMs = LONGEST_MS }: IncidentOptions,
): readonly IncidentGroup<A>[] {
  const groups: OpenGroup<A>[] = [];
  const ordered = alerts
    .map((alert) => ({ ...alert, deviatedMs: alert.deviatedMs ?? beganMs(alert) }))
    .sort(
      (a, b) =>
        (a.toldOrder ?? beganMs(a)) - (b.toldOrder ?? beganMs(b)) ||
        a.deviatedMs - b.deviatedMs ||
        compare(a.alertId, b.alertId),
    );
  for (const alert of ordered) {
    let nearest: OpenGroup<A> | undefined;
    for (const group of groups) {
      const apart = distanceMs(group, alert.deviatedMs);
      if (apart > gapMs || spreadMs(group, alert.deviatedMs) > longestMs) continue;
      if (nearest === undefined || apart < distanceMs(nearest, alert.deviatedMs)) nearest = group;
    }
    if (nearest) join(nearest, alert);
    else groups.push(groupOf(alert));
  }
  return groups
    .map((group) => describe(group, windowMs))
    .sort((a, b) => a.alerts[0]!.deviatedMs - b.alerts[0]!.deviatedMs || compare(a.id, b.id));
}

/** Of the threshold's odds: on generated cascades the least share that put no deviation before its cause. */
const RAISED_ODDS = 0.75;

/** The least score that counts as raised where alerts begin at this threshold. */
export function raisedScore(threshold: number): number {
  return scoreAtOdds(threshold, RAISED_ODDS);
}

/** What rose earlier than this before the next rise is a matter of its own, ms. */
const RISES_WITHIN_MS = 120_000;

/**
 * Start of the first rise that leads into an alert: of a run of raised scores without a gap, its rises no further apart than
 * two minutes. A score that is held says nothing new, and some noise minutes before an alert must not pass for its begin.
 *
 * @param before windows of the alert's source from before it, in any order; what else is among them does no harm
 * @param raisedFrom least score that counts as raised, in [0, 1], see `raisedScore`
 */
export function deviationStartMs(
  sinceMs: number,
  before: readonly { readonly startMs: number; readonly score: number }[],
  { hopMs, raisedFrom }: { readonly hopMs: number; readonly raisedFrom: number },
): number {
  const scores = new Map(before.map(({ startMs, score }) => [startMs, score]));
  const scoreAt = (startMs: number): number => scores.get(startMs) ?? -1;
  let deviatedMs = sinceMs;
  for (let atMs = sinceMs - hopMs; scoreAt(atMs) >= raisedFrom; atMs -= hopMs) {
    if (deviatedMs - atMs > RISES_WITHIN_MS) break;
    if (scoreAt(atMs) > scoreAt(atMs - hopMs)) deviatedMs = atMs;
  }
  return deviatedMs;
}

function beganMs({ episodeMs, sinceMs }: IncidentAlert): number {
  return episodeMs ?? sinceMs;
}

type Placed<A> = A & { readonly deviatedMs: number };

interface OpenGroup<A> {
  readonly alerts: Placed<A>[];
  /** First deviation of each service, ms. */
  readonly firstMs: Map<string, number>;
  /** Least and greatest of those. */
  fromMs: number;
  toMs: number;
}

function groupOf<A extends IncidentAlert>(alert: Placed<A>): OpenGroup<A> {
  const { source, deviatedMs } = alert;
  return {
    alerts: [alert],
    firstMs: new Map([[source, deviatedMs]]),
    fromMs: deviatedMs,
    toMs: deviatedMs,
  };
}

function join<A extends IncidentAlert>(group: OpenGroup<A>, alert: Placed<A>): void {
  const { source, deviatedMs } = alert;
  group.alerts.push(alert);
  group.firstMs.set(source, Math.min(deviatedMs, group.firstMs.get(source) ?? deviatedMs));
  group.fromMs = Math.min(...group.firstMs.values());
  group.toMs = Math.max(...group.firstMs.values());
}

function distanceMs({ fromMs, toMs }: OpenGroup<IncidentAlert>, deviatedMs: number): number {
  return Math.max(fromMs - deviatedMs, deviatedMs - toMs, 0);
}

function spreadMs({ fromMs, toMs }: OpenGroup<IncidentAlert>, deviatedMs: number): number {
  return Math.max(toMs, deviatedMs) - Math.min(fromMs, deviatedMs);
}

function describe<A extends IncidentAlert>(group: OpenGroup<A>, windowMs: number): IncidentGroup<A> {
  const peaks = new Map<string, number>();
  for (const { source, peakScore } of group.alerts)
    peaks.set(source, Math.max(peakScore, peaks.get(source) ?? 0));
  const inFirstWindow = (ms: number): boolean => ms - group.fromMs < windowMs;
  const sources = [...group.firstMs].sort(
    ([a, aMs], [b, bMs]) =>
      // what lies within one window has no order of its own
      (inFirstWindow(aMs) && inFirstWindow(bMs) ? 0 : aMs - bMs) ||
      peaks.get(b)! - peaks.get(a)! ||
      compare(a, b),
  );
  const place = new Map(sources.map(([source], index) => [source, index]));
  return {
    id: group.alerts[0]!.alertId,
    sinceMs: Math.min(...group.alerts.map(beganMs)),
    untilMs: Math.max(...group.alerts.map(({ untilMs }) => untilMs)),
    rootSource: sources[0]![0],
    tied: sources.slice(1).flatMap(([source, ms]) => (inFirstWindow(ms) ? [source] : [])),
    alerts: group.alerts.sort(
      (a, b) =>
        place.get(a.source)! - place.get(b.source)! ||
        a.deviatedMs - b.deviatedMs ||
        compare(a.alertId, b.alertId),
    ),
    story: tellStory(sources, inFirstWindow),
  };
}

/** Services that are told by name; the others are counted. */
const MOST_FIRST = 3;
const MOST_FOLLOWERS = 5;

function tellStory(
  sources: readonly (readonly [source: string, firstMs: number])[],
  isFirst: (ms: number) => boolean,
): string {
  const first = sources.filter(([, ms]) => isFirst(ms)).map(([source]) => source);
  const followers = sources.filter(([, ms]) => !isFirst(ms));
  const fromMs = Math.min(...sources.map(([, ms]) => ms));
  const named = first.slice(0, MOST_FIRST);
  if (first.length > named.length) named.push(`${first.length - named.length} more`);
  const roots = named.length === 1 ? named[0]! : `${named.slice(0, -1).join(', ')} and ${named.at(-1)!}`;
  if (followers.length === 0 && first.length === 1) return `${roots} deviated, no other service with it`;
  const parts = [`${roots} deviated first${first.length > 1 ? ', within one window' : ''}`];
  for (const [source, ms] of followers.slice(0, MOST_FOLLOWERS))
    parts.push(`${source} ${showLater(ms - fromMs)} later`);
  if (followers.length > MOST_FOLLOWERS) parts.push(`then ${followers.length - MOST_FOLLOWERS} more`);
  return parts.join(', ');
}

/** `30 s`, `4 min`, `2.5 min`, `1 h` */
function showLater(ms: number): string {
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`;
  return ms < 3_600_000
    ? `${Number((ms / 60_000).toFixed(1))} min`
    : `${Number((ms / 3_600_000).toFixed(1))} h`;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
