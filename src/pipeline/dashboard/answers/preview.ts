// Another threshold asked of the past: how many alerts the stored windows would have given at it, by the rules that make
// alerts of windows in a stream.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { oddsOf, scoreAtOdds } from '../../../core/score-odds.js';
import type { ReplayedAlert, ReplayedModel } from '../../tune/replay-alerts.js';
import type { ThresholdPreview } from '../api-reports.js';
import type { AlertRecord, TimeRange } from '../reader.js';
import { readCoveredMs } from './covered-time.js';
import type { DashboardData } from './dashboard-data.js';
import { verdictOf } from './desk-view.js';
import { alertsOfLine } from './line-alerts.js';
import type { ModelLine } from './model-line.js';
import { alertsAt, type NearWindows, readNearWindows } from './near-windows.js';

const DAY_MS = 86_400_000;
const CURVE_POINTS = 24;
/** The curve begins where the odds of a score are this much lower than those of the threshold: nobody would go further. */
const LAXEST_ODDS_SHARE = 1 / 3;
/** Behind it a score is as good as 1. */
const STRICTEST = 1 - 1e-9;
const KEPT_MS = 60_000;

export const PREVIEW_NOTE =
  'Windows count as they stand now, corrections included; below the model’s own threshold no reasons are stored, so a new level that would have been told once and then absorbed is counted each time it comes back.';

export interface PreviewAnswer {
  /** @returns undefined while there is no model */
  (range: TimeRange, threshold: number): Promise<ThresholdPreview | undefined>;
}

/** What is the same wherever the slider stands. */
interface Past {
  readonly near: NearWindows;
  readonly coveredMs: number;
  readonly now: ReadonlyMap<string, readonly ReplayedAlert[]>;
  readonly curve: ThresholdPreview['curve'];
}

/** The past of a range is kept for a minute: whoever moves a slider asks for the same one again and again. */
export function createPreview(data: DashboardData): PreviewAnswer {
  let kept: { readonly key: string; readonly atMs: number; readonly past: Promise<Past> } | undefined;

  const pastOf = (key: string, read: () => Promise<Past>): Promise<Past> => {
    const atMs = data.nowMs();
    if (kept?.key !== key || atMs - kept.atMs > KEPT_MS) {
      const past = read();
      past.catch(() => (kept = undefined));
      kept = { key, atMs, past };
    }
    return kept.past;
  };

  return async (range, threshold) => {
    const line = await data.line();
    const own = line && (await data.shelf.thresholdOf(line.champion));
    if (line === undefined || own === undefined) return undefined;
    const laxest = scoreAtOdds(own, LAXEST_ODDS_SHARE);
    const model = { name: line.champion.name, spec: { window: await data.shelf.windowOf(line.champion) } };
    const past = await pastOf(JSON.stringify([range, line.champion, own]), () =>
      readPast(data, line, { range, own, laxest, model }),
    );
    const asked = Math.max(threshold, laxest);
    const told = alertsAt(past.near, () => asked, model);
    const total = countAll(told);
    const judged = await judgedAlerts(data, line, range);
    const isLost = ({ alert: { source, sinceMs, untilMs } }: AlertRecord): boolean =>
      !told.get(source)?.some((each) => each.sinceMs < untilMs && each.untilMs > sinceMs);
    const lost = judged.filter(({ record }) => isLost(record));
    return {
      threshold: asked,
      alerts: total,
      alertsPerDay: past.coveredMs === 0 ? 0 : (total * DAY_MS) / past.coveredMs,
      coveredMs: past.coveredMs,
      alertsNow: countAll(past.now),
      curve: past.curve,
      bySource: past.near.histories
        .map(({ source }) => ({
          source,
          alerts: told.get(source)?.length ?? 0,
          alertsNow: past.now.get(source)?.length ?? 0,
        }))
        .filter(({ alerts, alertsNow }) => alerts + alertsNow > 0)
        .sort((a, b) => b.alerts - a.alerts || b.alertsNow - a.alertsNow || (a.source < b.source ? -1 : 1)),
      realLost: lost.filter(({ verdict }) => verdict === 'real').length,
      falseSpared: lost.filter(({ verdict }) => verdict === 'false').length,
      note: PREVIEW_NOTE,
    };
  };
}

async function readPast(
  data: DashboardData,
  { champion }: ModelLine,
  {
    range,
    own,
    laxest,
    model,
  }: {
    readonly range: TimeRange;
    readonly own: number;
    readonly laxest: number;
    readonly model: ReplayedModel;
  },
): Promise<Past> {
  const ofSource = new Map(Object.entries(await data.shelf.ownThresholdsOf(champion)));
  const lowest = Math.min(laxest, ...ofSource.values());
  const near = await readNearWindows(data.reader, champion, range, lowest);
  const curve: { threshold: number; alerts: number }[] = [];
  for (const threshold of curveThresholds(laxest, own, near)) {
    curve.push({ threshold, alerts: countAll(alertsAt(near, () => threshold, model)) });
    // a curve of a busy month is no reason for others to wait
    await nextTurn();
  }
  return {
    near,
    coveredMs: await readCoveredMs(data.reader, champion, range, model.spec.window.windowMs),
    now: alertsAt(near, (source) => ofSource.get(source) ?? own, model),
    curve: curve.reverse(),
  };
}

/** Even steps of the odds' logarithm, from the laxest to the highest score of the range; each once. */
function curveThresholds(laxest: number, own: number, { peaks }: NearWindows): readonly number[] {
  const highest = Math.min(Math.max(own, ...peaks.values()), STRICTEST);
  const [low, high] = [Math.log(oddsOf(laxest)), Math.log(oddsOf(highest))];
  return Array.from({ length: CURVE_POINTS }, (_, point) => {
    const odds = Math.exp(low + ((high - low) * point) / (CURVE_POINTS - 1));
    return odds / (1 + odds);
  });
}

async function judgedAlerts(
  data: DashboardData,
  line: ModelLine,
  range: TimeRange,
): Promise<readonly { readonly record: AlertRecord; readonly verdict: ReturnType<typeof verdictOf> }[]> {
  const desk = await data.deskView();
  return (await alertsOfLine(data.reader, line, range))
    .filter(({ alert }) => alert.sinceMs >= range.fromMs)
    .map((record) => ({ record, verdict: verdictOf(desk.notesOf(record.alert.alertId)) }))
    .filter(({ verdict }) => verdict !== null);
}

function countAll(alerts: ReadonlyMap<string, readonly ReplayedAlert[]>): number {
  return [...alerts.values()].reduce((sum, own) => sum + own.length, 0);
}
