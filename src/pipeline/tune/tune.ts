// From what people said about alerts to a proposed change of the artifact, and to what that change would have meant: everything
// is replayed over the past before anybody adopts it.
import type { Artifact } from '../../core/artifact.js';
import { type Interval, shareInterval } from '../../core/count-intervals.js';
import { createThresholds, type MutedTemplate, type Tuning } from '../../core/tuning.js';
import type { DashboardReader } from '../dashboard/reader.js';
import type { Desk } from '../desk/desk.js';
import { nameOfArtifact } from '../lanes/promotion.js';
import type { ResultStore } from '../ports.js';
import type { ArtifactKey } from '../stream-key.js';
import { compareReplays, type ReplayComparison } from './compare-replays.js';
import { isRight, readToldAlerts, type ToldAlert } from './judged-alerts.js';
import { lineageOf } from './lineage.js';
import { type Misrouted, misroutedAlerts } from './misrouted.js';
import { type NormalLabels, normalLabels } from './more-normal.js';
import { type MuteLeftOut, type MuteProposal, proposeMutes } from './propose-mutes.js';
import { proposeThresholds, type ThresholdProposal } from './propose-thresholds.js';
import { replayAlerts } from './replay-alerts.js';
import { readHistories, type SourceHistory } from './score-history.js';
import { historyWithout } from './without-templates.js';

export interface TuneJob {
  readonly store: ResultStore;
  readonly reader: DashboardReader;
  readonly desk: Desk;
  readonly artifact: Artifact;
  /** How far the past goes back from the artifact's newest window, ms. */
  readonly sinceMs: number;
  /** What may be proposed. */
  readonly wants: { readonly thresholds: boolean; readonly mutes: boolean };
  /** Sources and ids of templates that are to stay as they are. */
  readonly unwanted: readonly string[];
  /** Scores the past's lines anew; undefined where they are not at hand, and the stored scores have to do. */
  readonly scoreLines?: ((artifact: Artifact) => Promise<readonly SourceHistory[]>) | undefined;
  /** Who mutes, and when: ms since epoch. */
  readonly who: string;
  readonly nowMs: number;
}

/** How many of the judged ones, with a 95 % interval of the share: few judgements say little. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly interval: Interval;
}

export interface TuneResult {
  readonly artifact: ArtifactKey;
  /** Of the past that was replayed, ms. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly judged: { readonly real: number; readonly false: number; readonly notMine: number };
  readonly unjudged: number;
  readonly thresholds: readonly ThresholdProposal[];
  readonly mutes: readonly MuteProposal[];
  readonly mutesLeftOut: readonly MuteLeftOut[];
  readonly misrouted: readonly Misrouted[];
  /** `estimate`: the stored scores are exact, what muting makes of them was worked out from the stored reasons. */
  readonly basis: 'stored scores' | 'estimate' | 'lines';
  readonly replay: ReplayComparison;
  /** Of the judged alerts that the replay has. */
  readonly falseRemoved: Share;
  readonly rightKept: Share;
  /** Null where there is nothing to propose. */
  readonly tuning: Tuning | null;
  readonly normal: NormalLabels | null;
}

/** @throws Error when the store has nothing of the artifact, or nobody judged its alerts */
export async function tune(job: TuneJob): Promise<TuneResult> {
  const { store, reader, desk, artifact, wants } = job;
  const unwanted = new Set(job.unwanted);
  const lineage = await lineageOf(store, artifact);
  const toMs = (await reader.watermarkMs(artifact)) ?? 0;
  const range = { fromMs: toMs - job.sinceMs, toMs };
  const told = await readToldAlerts(reader, desk, lineage, range);
  const countOf = (verdict: ToldAlert['verdict']): number =>
    told.filter((alert) => alert.verdict === verdict).length;
  if (told.length === countOf(null)) throw new Error(noFeedback(artifact, told.length));

  const stored = await readHistories(store, reader, lineage, range);
  const presentOf = createThresholds(artifact.threshold, artifact.tuning);
  const { mutes, leftOut } = wants.mutes
    ? proposeMutes(told, artifact, { histories: byName(stored), thresholdOf: presentOf, unwanted })
    : { mutes: [], leftOut: [] };
  const muted = [...(artifact.tuning?.mutedTemplates ?? []), ...mutes.map((mute) => mutedBy(mute, job))];
  const taught = artifact.tuning?.thresholds ?? {};
  const withMutes = { parent: artifact.version, thresholds: taught, mutedTemplates: muted };

  const { before, after } = await pastOf(job, stored, withMutes, mutes.length > 0);
  const thresholds = wants.thresholds
    ? proposeThresholds(told, { histories: byName(after), thresholdOf: presentOf, unwanted })
    : [];
  const raised = Object.fromEntries(thresholds.map(({ source, after: value }) => [source, value]));
  const tuning: Tuning = { ...withMutes, thresholds: { ...taught, ...raised } };
  const first = before.reduce((least, { startsMs }) => Math.min(least, startsMs[0] ?? Infinity), Infinity);
  const fromMs = Math.min(first, toMs);
  const replay = compareReplays(
    replayAlerts(before, presentOf, artifact),
    replayAlerts(after, createThresholds(artifact.threshold, tuning), artifact),
    told,
    toMs - fromMs,
  );
  const replayed = told.filter((alert) => !replay.notReplayed.includes(alert));
  const falseOnes = replayed.filter(({ verdict }) => verdict === 'false');
  const rightOnes = replayed.filter(isRight);
  const isGone = (alert: ToldAlert): boolean =>
    replay.removed.some(
      (each) => each.source === alert.source && each.sinceMs < alert.untilMs && alert.sinceMs < each.untilMs,
    );
  return {
    artifact: { name: artifact.name, version: artifact.version },
    fromMs,
    toMs,
    judged: { real: countOf('real'), false: countOf('false'), notMine: countOf('not-mine') },
    unjudged: countOf(null),
    thresholds,
    mutes,
    mutesLeftOut: leftOut,
    misrouted: misroutedAlerts(told),
    basis: job.scoreLines ? 'lines' : mutes.length > 0 ? 'estimate' : 'stored scores',
    replay,
    falseRemoved: shareOf(falseOnes.filter(isGone).length, falseOnes.length),
    rightKept: shareOf(rightOnes.filter((alert) => !isGone(alert)).length, rightOnes.length),
    tuning: thresholds.length + mutes.length > 0 ? tuning : null,
    normal: normalLabels(told, { startMs: fromMs, endMs: toMs }) ?? null,
  };
}

/** The past as the artifact scored it, and as it would have with what is muted. */
async function pastOf(
  { artifact, scoreLines }: TuneJob,
  stored: readonly SourceHistory[],
  tuning: Tuning,
  isMutingMore: boolean,
): Promise<{ readonly before: readonly SourceHistory[]; readonly after: readonly SourceHistory[] }> {
  if (scoreLines) {
    const before = await scoreLines(artifact);
    return { before, after: isMutingMore ? await scoreLines({ ...artifact, tuning }) : before };
  }
  const without = (all: Tuning | undefined): readonly SourceHistory[] => {
    const ids = new Set(all?.mutedTemplates.map(({ templateId }) => templateId));
    return ids.size === 0 ? stored : stored.map((history) => historyWithout(history, (id) => ids.has(id)));
  };
  return { before: without(artifact.tuning), after: without(tuning) };
}

function mutedBy({ templateId, text, falseAlertIds }: MuteProposal, { who, nowMs }: TuneJob): MutedTemplate {
  const alerts = falseAlertIds.length === 1 ? 'an alert' : `${falseAlertIds.length} alerts`;
  return {
    templateId,
    text,
    reason: `strongest reason of ${alerts} judged false`,
    who,
    atMs: Math.floor(nowMs),
  };
}

function byName(histories: readonly SourceHistory[]): ReadonlyMap<string, SourceHistory> {
  return new Map(histories.map((history) => [history.source, history]));
}

function shareOf(count: number, of: number): Share {
  return { count, of, interval: shareInterval(count, of, 0.95) };
}

function noFeedback(artifact: ArtifactKey, alerts: number): string {
  const name = nameOfArtifact(artifact);
  return alerts === 0
    ? `${name} told no alert in that time: there is nothing to learn from; look further back with --since`
    : `nobody judged any of the ${alerts} alerts of ${name} in that time: open one on the page of loghorn dashboard and say Real, False or Not mine, or use the links of a notification, and come back`;
}
