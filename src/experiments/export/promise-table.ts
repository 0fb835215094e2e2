// What a candidate promised beside what came of it on time that the fit had not seen, as rows for a person.
import type { Row } from '../notebook/row.js';
import type { Candidate } from './candidates.js';
import type { Interval } from '../../core/count-intervals.js';
import type { HeldOut } from './held-out.js';

export function promiseTable(
  { artifact, labels, caught, recallInterval, alertsInterval }: Candidate,
  heldOut: HeldOut,
): readonly Row[] {
  const { threshold } = artifact;
  const alerts = Math.round(threshold.healthyAlertsPerDay * threshold.sourceDays);
  return [
    {
      measured: 'promised by the fit',
      'false alerts': alerts,
      'healthy source-days': threshold.sourceDays,
      'a day and source': threshold.healthyAlertsPerDay,
      'could be': between(alertsInterval, (each) => each.toFixed(2)),
      'anomalies caught': `${caught} of ${labels}`,
      'share could be': between(recallInterval, percent),
    },
    {
      measured: 'held back',
      'false alerts': heldOut.falseAlerts,
      'healthy source-days': heldOut.sourceDays,
      'a day and source': heldOut.falseAlertsPerDay,
      'could be': between(heldOut.perDayInterval, (each) => each.toFixed(2)),
      'anomalies caught': `${heldOut.caught} of ${heldOut.labels}`,
      'share could be': between(heldOut.recallInterval, percent),
    },
  ];
}

function between([low, high]: Interval, show: (value: number) => string): string {
  return `${show(low)} to ${show(high)}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
