// How good detection is where the truth is known: what was injected, what was caught and how soon, what was told for nothing.
import { DETECTION_SOURCE } from '../../../core/canary/canary-source.js';
import { shareInterval } from '../../../core/count-intervals.js';
import type { Quality, QualityFigures } from '../api-reports.js';
import type { AlertRecord, StoredLabel, TimeRange } from '../reader.js';
import type { DashboardData } from './dashboard-data.js';
import { allAlertsOfLine } from './line-alerts.js';

/** What was committed later than this after its window's end was history when it was found: nobody waited for it. */
const LIVE_MS = 600_000;

interface Judging {
  /** A score is held for so long: an alert may outlive its cause by it, ms. */
  readonly graceMs: number;
  /** From an onset to when its window is closed at the latest, ms. */
  readonly closeMs: number;
  readonly nowMs: number;
}

export async function answerQuality(data: DashboardData, range: TimeRange): Promise<Quality> {
  const labels = await data.reader.labels(range);
  const line = await data.line();
  if (labels.length === 0 || line === undefined) return { real: null, canary: null };
  const artifact = await data.shelf.artifactOf(line.champion);
  const { windowMs } = await data.shelf.windowOf(line.champion);
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
    return judge(own, told, judging, (alertId) => toldAt(data, alertId));
  };
  return { real: await figures(false), canary: await figures(true) };
}

/** Ticks and commits come once a second. */
const MARGIN_MS = 3000;

/** When a person could know of an alert, or that it got worse: when that was stored, or the end of its window where it was history. ms. */
async function toldAt({ reader }: DashboardData, alertId: string): Promise<readonly number[]> {
  return (await reader.eventsOf(alertId))
    .filter(({ event }) => event.type !== 'resolved')
    .map(({ event, commitTimeMs }) => (commitTimeMs - event.endMs <= LIVE_MS ? commitTimeMs : event.endMs));
}

export async function judge(
  labels: readonly StoredLabel[],
  alerts: readonly AlertRecord[],
  { graceMs, closeMs, nowMs }: Judging,
  toldAtMs: (alertId: string) => Promise<readonly number[]>,
): Promise<QualityFigures> {
  const belongs = (label: StoredLabel, { alert }: AlertRecord): boolean =>
    (alert.source === '*' || label.services.includes(alert.source)) &&
    alert.sinceMs < label.endMs + graceMs &&
    label.startMs < alert.untilMs;
  const anomalies: QualityFigures['anomalies'][number][] = [];
  for (const label of labels) {
    const { id, kind, rootService, strength, startMs, onsetMs } = label;
    const own = alerts
      .filter((alert) => belongs(label, alert))
      .sort((a, b) => a.alert.sinceMs - b.alert.sinceMs);
    // what was told before it began says nothing about it: the first that was told since does
    let found: { readonly alertId: string; readonly atMs: number } | undefined;
    for (const { alert } of own)
      for (const atMs of await toldAtMs(alert.alertId))
        if (atMs >= onsetMs && atMs < (found?.atMs ?? Infinity)) found = { alertId: alert.alertId, atMs };
    const outcome = own.length > 0 ? 'caught' : onsetMs + closeMs > nowMs ? 'undecided' : 'missed';
    anomalies.push({
      id,
      kind,
      source: rootService,
      strength,
      startMs,
      outcome,
      timeToDetectMs: found === undefined ? null : found.atMs - onsetMs,
      wasAlerting: own.length > 0 && found === undefined,
      alertId: found?.alertId ?? own[0]?.alert.alertId ?? null,
    });
  }
  const countOf = (outcome: string): number => anomalies.filter((each) => each.outcome === outcome).length;
  const [caught, missed] = [countOf('caught'), countOf('missed')];
  const falseAlerts = alerts.filter((alert) => !labels.some((label) => belongs(label, alert))).length;
  return {
    injected: labels.length,
    caught,
    missed,
    undecided: countOf('undecided'),
    falseAlerts,
    recall: shareOf(caught, caught + missed),
    precision: shareOf(alerts.length - falseAlerts, alerts.length),
    timeToDetectMs: percentilesOf(anomalies.flatMap(({ timeToDetectMs }) => timeToDetectMs ?? [])),
    anomalies: anomalies.sort((a, b) => b.startMs - a.startMs),
  };
}

function shareOf(part: number, whole: number): QualityFigures['recall'] {
  if (whole === 0) return null;
  const [low, high] = shareInterval(part, whole, 0.95);
  return { value: part / whole, low, high };
}

/** Of few values the nearest rank. */
function percentilesOf(values: readonly number[]): QualityFigures['timeToDetectMs'] {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { p50: at(0.5), p95: at(0.95) };
}
