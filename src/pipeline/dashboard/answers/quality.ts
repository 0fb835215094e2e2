// How good detection is where the truth is known: what was injected, what was caught and how soon, what was told for nothing.
import { DETECTION_SOURCE } from '../../../core/canary/canary-source.js';
import type { Quality, QualityFigures } from '../api-reports.js';
import type { TimeRange } from '../reader.js';
import type { DashboardData } from './dashboard-data.js';
import { allAlertsOfLine } from './line-alerts.js';
import type { ModelLine } from './model-line.js';
import { judge, type QualityAsk, type Told } from './quality-judge.js';

/** What was committed later than this after its window's end was history when it was found: nobody waited for it. */
const LIVE_MS = 600_000;

export async function answerQuality(data: DashboardData, range: TimeRange): Promise<Quality> {
  const labels = await data.reader.labels(range);
  const line = await data.line();
  if (labels.length === 0 || line === undefined) return { real: null, canary: null };
  const artifact = await data.shelf.artifactOf(line.champion);
  const { windowMs, hopMs } = await data.shelf.windowOf(line.champion);
  const judging = {
    graceMs: artifact?.detector.holdMs ?? 0,
    closeMs: windowMs + (artifact?.spec.window.allowedLatenessMs ?? 0) + MARGIN_MS,
    nowMs: data.nowMs(),
  };
  const alerts = await allAlertsOfLine(data.reader, line, range);
  const canarySources = new Set([
    ...labels.filter(({ isCanary }) => isCanary).flatMap(({ services }) => services),
    ...(line.canarySource === undefined ? [] : [line.canarySource]),
  ]);
  const figures = async (isCanary: boolean): Promise<QualityFigures | null> => {
    const own = labels.filter((label) => label.isCanary === isCanary);
    if (own.length === 0) return null;
    // an alert of the reserved source says nothing about the real ones, and the other way round
    const told = alerts.filter(
      ({ alert }) => canarySources.has(alert.source) === isCanary && alert.source !== DETECTION_SOURCE,
    );
    const begunMs = Math.min(...own.map(({ startMs }) => startMs), ...told.map(({ alert }) => alert.sinceMs));
    const overMs = Math.min(range.toMs, judging.nowMs) - Math.max(range.fromMs, begunMs);
    return {
      ...(await judge(own, told, judging, askOf(data, line, windowMs, hopMs))),
      // the budget is for the services, not for what is made to alert
      allowed:
        isCanary || artifact === undefined || overMs <= 0
          ? null
          : { perDay: artifact.threshold.budgetPerDay, overMs },
    };
  };
  return { real: await figures(false), canary: await figures(true) };
}

/** Ticks and commits come once a second. */
const MARGIN_MS = 3000;

function askOf(data: DashboardData, line: ModelLine, windowMs: number, hopMs: number): QualityAsk {
  return {
    toldOf: (alertId) => toldOf(data, alertId),
    risesIn: async (source, fromMs, toMs) => {
      const query = { artifact: line.champion, source, fromMs: fromMs - windowMs - hopMs, toMs };
      const windows = await data.store.windows(query);
      const isAlerting = new Map(windows.map(({ startMs, alert }) => [startMs, alert]));
      return windows.some(
        ({ startMs, endMs, alert }) => alert && endMs > fromMs && isAlerting.get(startMs - hopMs) === false,
      );
    },
  };
}

/** When a person could know of it: when it was stored, or the end of its window where it was history. */
async function toldOf({ reader }: DashboardData, alertId: string): Promise<readonly Told[]> {
  return (await reader.eventsOf(alertId))
    .filter(({ event }) => event.type !== 'resolved')
    .map(({ event: { startMs, endMs }, commitTimeMs }) => ({
      startMs,
      endMs,
      atMs: commitTimeMs - endMs <= LIVE_MS ? commitTimeMs : endMs,
    }));
}
