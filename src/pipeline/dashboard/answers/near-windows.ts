// Windows of the past that come near a threshold, and the alerts that they give at it: by the very life that alerts have in a
// stream. All the others are quiet, and of those the life needs no more than where they stand.
import { severityOf } from '../../../core/alert-kind.js';
import { KEEPING_ODDS } from '../../../core/alert-life-open.js';
import { completeOptions } from '../../../core/alert-life-options.js';
import type { Explanation } from '../../../core/alert.js';
import { scoreAtOdds } from '../../../core/score-odds.js';
import type { ArtifactKey } from '../../stream-key.js';
import { type ReplayedAlert, type ReplayedModel, replayAlerts } from '../../tune/replay-alerts.js';
import { createHistoryBuilder, type SourceHistory } from '../../tune/score-history.js';
import type { DashboardReader, TimeRange } from '../reader.js';

/** So long before a range a level may have begun that is no news in it: errors become one within a day. */
const LEAD_MS = 26 * 3_600_000;

/** A shorter alert is never taken as a level. */
const { absorbAfterMs: LEVEL_FROM_MS } = completeOptions({ artifactName: '', windowMs: 1, hopMs: 1 });

export interface NearWindows {
  /** By name of the source; windows that score lower than asked are left out. */
  readonly histories: readonly SourceHistory[];
  /** Highest score of each, and of its windows whose reasons may be known after one alert already. */
  readonly peaks: ReadonlyMap<string, number>;
  readonly mildPeaks: ReadonlyMap<string, number>;
  /** Of the range, without what was read before it. */
  readonly range: TimeRange;
}

/** The lowest score that has a say in the alerts of a threshold: it keeps one open. */
function nearestTo(threshold: number): number {
  return scoreAtOdds(threshold, KEEPING_ODDS);
}

/**
 * What keeps an alert open follows on its last alerting window within minutes: hours without any that alerts, but for the one
 * behind such an hour, have no say.
 *
 * @param threshold the lowest that is going to be asked
 */
export async function readNearWindows(
  reader: DashboardReader,
  artifact: ArtifactKey,
  range: TimeRange,
  threshold: number,
): Promise<NearWindows> {
  const read = { fromMs: range.fromMs - LEAD_MS, toMs: range.toMs };
  const reasons = new Map(
    (await reader.reasons(artifact, read)).map(({ source, startMs, explanation }) => [
      `${startMs} ${source}`,
      explanation,
    ]),
  );
  const builder = createHistoryBuilder();
  for await (const part of reader.scores(artifact, read, nearestTo(threshold), threshold))
    for (const row of part) {
      const explanation = reasons.get(`${row.startMs} ${row.source}`);
      builder.add(explanation === undefined ? row : { ...row, explanation });
    }
  const histories = builder.histories();
  const peakOf = (history: SourceHistory, isMeant: (startMs: number) => boolean): number =>
    history.scores.reduce(
      (most, score, at) => (score > most && isMeant(history.startsMs[at]!) ? score : most),
      0,
    );
  return {
    histories,
    peaks: new Map(histories.map((each) => [each.source, peakOf(each, () => true)])),
    mildPeaks: new Map(
      histories.map((each) => [
        each.source,
        peakOf(each, (startMs) => isSoonKnown(each.explanations.get(startMs))),
      ]),
    ),
    range,
  };
}

/** Alerts that begin in the range, by source. */
export function alertsAt(
  { histories, peaks, mildPeaks, range }: NearWindows,
  thresholdOf: (source: string) => number,
  model: ReplayedModel,
): ReadonlyMap<string, readonly ReplayedAlert[]> {
  const { hopMs } = model.spec.window;
  return new Map(
    histories
      .filter(({ source }) => peaks.get(source)! >= thresholdOf(source))
      .map((history) => {
        const threshold = thresholdOf(history.source);
        const near = withQuietNeighbours(history, nearestTo(threshold), hopMs);
        const replay = (history: SourceHistory): readonly ReplayedAlert[] =>
          replayAlerts([history], () => threshold, model);
        // to compare reasons takes ten times as long as all the rest, and matters only once some are known
        const plain = replay({ ...near, explanations: new Map() });
        const areReasonsAsked =
          mildPeaks.get(history.source)! >= threshold ||
          plain.some(({ sinceMs, untilMs }) => untilMs - sinceMs >= LEVEL_FROM_MS);
        const alerts = areReasonsAsked ? replay(near) : plain;
        return [history.source, alerts.filter(({ sinceMs }) => sinceMs >= range.fromMs)];
      }),
  );
}

/** Reasons that are known once their alert is over, or that would not alert at all. */
function isSoonKnown(explanation: Explanation | undefined): boolean {
  if (explanation === undefined || explanation.features.length === 0) return false;
  const isMild = severityOf({ peakScore: 1, threshold: 1, explanation }) === 'info';
  return isMild || !explanation.features.some(({ amount }) => amount > 0);
}

/**
 * Windows from a score on, and of those below it the two that follow each and the one before it, as quiet ones: those end an
 * alert, and let the life see how much time went by.
 */
function withQuietNeighbours(history: SourceHistory, atLeast: number, hopMs: number): SourceHistory {
  const startsMs: number[] = [];
  const scores: number[] = [];
  const add = (startMs: number, score: number): void => {
    startsMs.push(startMs);
    scores.push(score);
  };
  let lastMs = -Infinity;
  for (const [at, score] of history.scores.entries()) {
    if (score < atLeast) continue;
    const startMs = history.startsMs[at]!;
    for (const quietMs of [lastMs + hopMs, lastMs + 2 * hopMs])
      if (quietMs > lastMs && quietMs < startMs) add(quietMs, 0);
    if (startMs - hopMs > lastMs + 2 * hopMs) add(startMs - hopMs, 0);
    add(startMs, score);
    lastMs = startMs;
  }
  if (scores.length > 0) for (const quietMs of [lastMs + hopMs, lastMs + 2 * hopMs]) add(quietMs, 0);
  return { ...history, startsMs, scores };
}
