// Live quality in words: a figure is worth as much as the number of anomalies behind it, so each is said with its interval and
// with what it counts.
import type { QualityFigures } from '../api-reports.js';
import { durationText } from './time-text.js';

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** `92 %`; whole percents: the interval is never so narrow that more would mean something. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `78 % to 97 %` */
export function intervalWords({ low, high }: Interval): string {
  return `${percent(low)} to ${percent(high)}`;
}

/** `11 of 12 injected anomalies caught; 1 cannot be decided yet` */
export function recallWords({ injected, caught, undecided }: QualityFigures): string {
  if (injected === 0) return 'nothing was injected in this range';
  const decided = injected - undecided;
  const open = undecided === 0 ? '' : `; ${undecided} cannot be decided yet`;
  return `${caught} of ${decided} injected ${decided === 1 ? 'anomaly' : 'anomalies'} caught${open}`;
}

/** `9 alerts: 4 about nothing, 5 about the 4 anomalies that were caught; 0.2 false ones a day and service allowed, 4 seen in 6 h` */
export function precisionWords(figures: QualityFigures): string {
  const { precision, caught, alerts, falseAlerts, allowed } = figures;
  if (precision === null) return caught > 0 ? 'not measured' : 'no alert was told in this range';
  const rest = alerts - falseAlerts;
  const about = `${rest} about ${caught === 1 ? 'the anomaly that was' : `the ${caught} anomalies that were`} caught`;
  const budget =
    allowed === null
      ? ''
      : `; ${Number(allowed.perDay.toPrecision(2))} false ones a day and service allowed, ${falseAlerts} seen in ${durationText(allowed.overMs)}`;
  const all = `${alerts} ${alerts === 1 ? 'alert' : 'alerts'}`;
  return `${all}: ${falseAlerts === 0 ? 'none' : falseAlerts} about nothing${rest === 0 ? '' : `, ${about}`}${budget}`;
}

/** An interval wider than this says more about the number of anomalies than about the detector. */
const WIDE = 0.4;

/** Whether the figure is too uncertain to act upon. */
export function isWide({ low, high }: Interval): boolean {
  return high - low > WIDE;
}

/** `25 s`, `already alerting`, or a dash. */
export function detectWords({ timeToDetectMs, wasAlerting }: Anomaly): string {
  if (wasAlerting) return 'already alerting';
  return timeToDetectMs === null ? '—' : durationText(timeToDetectMs);
}

/** `half of them within this, 95 % within 58 s; 2 came while their service alerted already` */
export function detectTileWords({ timeToDetectMs, anomalies }: QualityFigures): string {
  const before = anomalies.filter(({ wasAlerting }) => wasAlerting).length;
  const apart = before === 0 ? '' : `; ${before} came while an alert was up already`;
  if (timeToDetectMs === null)
    return before > 0 ? `not measured${apart}` : 'nothing was caught in this range';
  return `half of them within this, 95 % within ${durationText(timeToDetectMs.p95)}${apart}`;
}

export type Anomaly = QualityFigures['anomalies'][number];

/** Missed ones first, then those that cannot be decided yet, then the slowest; newest first where equal. */
export function worstFirst(anomalies: readonly Anomaly[]): readonly Anomaly[] {
  const rank = { missed: 0, undecided: 1, caught: 2 };
  return [...anomalies].sort(
    (a, b) =>
      rank[a.outcome] - rank[b.outcome] ||
      (b.timeToDetectMs ?? 0) - (a.timeToDetectMs ?? 0) ||
      b.startMs - a.startMs,
  );
}
