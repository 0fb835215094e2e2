// Another threshold asked of the past: how many alerts the stored scores would have given at it, by the rule that makes
// alerts of windows.
import type { ThresholdPreview } from '../api.js';
import type { TimeRange } from '../reader.js';
import type { DashboardData } from './dashboard-data.js';
import { verdictOf } from './desk-view.js';
import { alertsOfLine } from './line-alerts.js';
import { countRuns, type RunCounts, type SourceScores } from './runs.js';

const DAY_MS = 86_400_000;
const CURVE_POINTS = 40;
/** The curve begins where the odds of a score are this much lower than those of the threshold: nobody would go further. */
const LAXEST_ODDS_SHARE = 1 / 3;
const KEPT_MS = 60_000;

export interface PreviewAnswer {
  /** @returns undefined while there is no model */
  (range: TimeRange, threshold: number): Promise<ThresholdPreview | undefined>;
}

/** The scores of a range are kept for a minute: whoever moves a slider asks for the same ones again and again. */
export function createPreview(data: DashboardData): PreviewAnswer {
  let kept: { key: string; atMs: number; scores: Promise<readonly SourceScores[]> } | undefined;

  const scoresOf = (range: TimeRange, version: string, atLeast: number): Promise<readonly SourceScores[]> => {
    const key = JSON.stringify([range, version, atLeast]);
    const atMs = data.nowMs();
    if (kept?.key !== key || atMs - kept.atMs > KEPT_MS) {
      const scores = readScores(data, range, atLeast);
      scores.catch(() => (kept = undefined));
      kept = { key, atMs, scores };
    }
    return kept.scores;
  };

  return async (range, threshold) => {
    const line = await data.line();
    const own = line && (await data.shelf.thresholdOf(line.champion));
    if (line === undefined || own === undefined) return undefined;
    const laxest = scoreOf(oddsOf(own) * LAXEST_ODDS_SHARE);
    const scores = await scoresOf(range, line.champion.version, laxest);
    const { hopMs } = await data.shelf.windowOf(line.champion);
    const asked = Math.max(threshold, laxest);
    const curve = curveThresholds(laxest, own, scores);
    const counts = countRuns(scores, [asked, ...curve], hopMs);
    const ofSource = new Map(Object.entries(await data.shelf.ownThresholdsOf(line.champion)));
    const now = new Map(
      scores.map((each) => [
        each.source,
        countRuns([each], [ofSource.get(each.source) ?? own], hopMs)[0]!.total,
      ]),
    );
    const of = (index: number): RunCounts => counts[index]!;
    const judged = await judgedAlerts(data, line, range);
    const isLost = ({ peakScore }: { readonly peakScore: number }): boolean => peakScore < asked;
    return {
      threshold: asked,
      alerts: of(0).total,
      alertsPerDay: (of(0).total * DAY_MS) / (range.toMs - range.fromMs),
      alertsNow: [...now.values()].reduce((sum, each) => sum + each, 0),
      curve: curve
        .map((each, index) => ({ threshold: each, alerts: of(index + 1).total }))
        .sort((a, b) => b.threshold - a.threshold),
      bySource: scores
        .map(({ source }) => ({
          source,
          alerts: of(0).bySource.get(source) ?? 0,
          alertsNow: now.get(source) ?? 0,
        }))
        .filter(({ alerts, alertsNow }) => alerts + alertsNow > 0)
        .sort((a, b) => b.alerts - a.alerts || b.alertsNow - a.alertsNow || (a.source < b.source ? -1 : 1)),
      realLost: judged.filter((each) => each.verdict === 'real' && isLost(each)).length,
      falseSpared: judged.filter((each) => each.verdict === 'false' && isLost(each)).length,
    };
  };
}

async function readScores(
  data: DashboardData,
  range: TimeRange,
  atLeast: number,
): Promise<readonly SourceScores[]> {
  const line = (await data.line())!;
  const bySource = new Map<string, { startsMs: number[]; scores: number[] }>();
  for await (const part of data.reader.scores(line.champion, range, atLeast))
    for (const { source, startMs, score } of part) {
      if (source === line.canarySource) continue;
      let own = bySource.get(source);
      if (own === undefined) bySource.set(source, (own = { startsMs: [], scores: [] }));
      own.startsMs.push(startMs);
      own.scores.push(score);
    }
  return [...bySource].map(([source, { startsMs, scores }]) => ({
    source,
    startsMs: Float64Array.from(startsMs),
    scores: Float64Array.from(scores),
  }));
}

/** Even steps of the odds' logarithm, from the laxest to the highest score of the range. */
function curveThresholds(laxest: number, own: number, scores: readonly SourceScores[]): readonly number[] {
  const highest = scores.reduce((most, each) => each.scores.reduce((a, b) => Math.max(a, b), most), own);
  const [low, high] = [Math.log(oddsOf(laxest)), Math.log(oddsOf(highest))];
  return Array.from({ length: CURVE_POINTS }, (_, point) =>
    scoreOf(Math.exp(low + ((high - low) * point) / (CURVE_POINTS - 1))),
  );
}

async function judgedAlerts(
  data: DashboardData,
  line: NonNullable<Awaited<ReturnType<DashboardData['line']>>>,
  range: TimeRange,
): Promise<readonly { readonly peakScore: number; readonly verdict: ReturnType<typeof verdictOf> }[]> {
  const desk = await data.deskView();
  return (await alertsOfLine(data.reader, line, range)).map(({ alert: { alertId, peakScore } }) => ({
    peakScore,
    verdict: verdictOf(desk.notesOf(alertId)),
  }));
}

/** Scores crowd near 1, their odds do not. */
function oddsOf(score: number): number {
  return score / Math.max(1e-9, 1 - score);
}

function scoreOf(odds: number): number {
  return odds / (1 + odds);
}
