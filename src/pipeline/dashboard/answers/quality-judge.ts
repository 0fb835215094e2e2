// What was caught of what was injected: by what was told of it, in its own time. An alert that is merely up since before, for
// whatever else, tells nobody anything.
import { shareInterval } from '../../../core/count-intervals.js';
import type { QualityFigures } from '../api-reports.js';
import type { AlertRecord, StoredLabel } from '../reader.js';

export interface Judging {
  /** A score is held for so long: an alert may outlive its cause by it, ms. */
  readonly graceMs: number;
  /** From the end of a window to when it is closed at the latest, with the window's own length, ms. */
  readonly closeMs: number;
  readonly nowMs: number;
}

/** A window that an alert was told with, and when a person could know of it, ms. */
export interface Told {
  readonly startMs: number;
  readonly endMs: number;
  readonly atMs: number;
}

export interface QualityAsk {
  /** Openings, for the first time or again, and updates of an alert. */
  toldOf(alertId: string): Promise<readonly Told[]>;
  /** Whether a window of the source begins to alert in this time, after one that does not. */
  risesIn(source: string, fromMs: number, toMs: number): Promise<boolean>;
}

/**
 * An anomaly is caught by a window of one of its services that overlaps it, or the grace after it, and that something was
 * told with after its onset. Where nothing was told because an alert was up already, it is caught if the windows began to
 * alert anew. Until the last window that could catch it is closed, what is not caught is not missed either.
 */
export async function judge(
  labels: readonly StoredLabel[],
  alerts: readonly AlertRecord[],
  { graceMs, closeMs, nowMs }: Judging,
  ask: QualityAsk,
): Promise<Omit<QualityFigures, 'allowed'>> {
  const isOf = (label: StoredLabel, { alert: { source } }: AlertRecord): boolean =>
    source === '*' || label.services.includes(source);
  const overlaps = (label: StoredLabel, startMs: number, endMs: number): boolean =>
    startMs < label.endMs + graceMs && label.startMs < endMs;
  const tellings = new Map<string, Promise<readonly Told[]>>();
  const toldOf = (alertId: string): Promise<readonly Told[]> => {
    const told = tellings.get(alertId) ?? ask.toldOf(alertId);
    tellings.set(alertId, told);
    return told;
  };

  const anomalies: QualityFigures['anomalies'][number][] = [];
  /** Alerts about something that was injected. */
  const right = new Set<string>();
  for (const label of labels) {
    const { id, kind, rootService, strength, startMs, endMs, onsetMs } = label;
    const own = alerts
      .filter((each) => isOf(label, each) && overlaps(label, each.alert.sinceMs, each.alert.untilMs))
      .sort((a, b) => a.alert.sinceMs - b.alert.sinceMs);
    let found: { readonly alertId: string; readonly atMs: number } | undefined;
    for (const { alert } of own)
      for (const told of await toldOf(alert.alertId)) {
        if (!overlaps(label, told.startMs, told.endMs)) continue;
        right.add(alert.alertId);
        const isSince = told.endMs > onsetMs && told.atMs >= onsetMs;
        if (isSince && told.atMs < (found?.atMs ?? Infinity))
          found = { alertId: alert.alertId, atMs: told.atMs };
      }
    let risen: string | undefined;
    if (found === undefined)
      for (const { alert } of own)
        if (risen === undefined && (await ask.risesIn(alert.source, onsetMs, endMs + graceMs)))
          risen = alert.alertId;
    if (risen !== undefined) right.add(risen);
    const isCaught = found !== undefined || risen !== undefined;
    anomalies.push({
      id,
      kind,
      source: rootService,
      strength,
      startMs,
      outcome: isCaught ? 'caught' : endMs + graceMs + closeMs > nowMs ? 'undecided' : 'missed',
      timeToDetectMs: found === undefined ? null : found.atMs - onsetMs,
      wasAlerting: risen !== undefined,
      alertId: found?.alertId ?? risen ?? null,
    });
  }
  const countOf = (outcome: string): number => anomalies.filter((each) => each.outcome === outcome).length;
  const [caught, missed] = [countOf('caught'), countOf('missed')];
  const falseAlerts = alerts.filter(({ alert }) => !right.has(alert.alertId)).length;
  return {
    injected: labels.length,
    caught,
    missed,
    undecided: countOf('undecided'),
    alerts: alerts.length,
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
