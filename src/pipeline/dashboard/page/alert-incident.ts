// The incident that an alert is part of: the services in the order in which they deviated, each a link to its own alert.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { AlertDetail, Incident, IncidentPage } from '../api-alerts.js';
import { orderOf, tellingAlert } from '../view/incident-order.js';
import { durationText } from '../view/time-text.js';
import { element } from './dom.js';
import type { ViewContext } from './view.js';

/** Alerts of one incident begin within this time of each other, and mostly within minutes. */
const AROUND_MS = 3_600_000;

/** @returns undefined for an alert that stands alone */
export async function readIncident(
  { incidentId, sinceMs, untilMs, source }: AlertDetail,
  context: ViewContext,
  signal: AbortSignal,
): Promise<Incident | undefined> {
  const page = await context.api.get<IncidentPage>(
    '/incidents',
    { from: sinceMs - AROUND_MS, to: Math.max(untilMs, sinceMs + 1) + AROUND_MS, source, limit: 50 },
    signal,
  );
  const incident = page.incidents.find(({ id }) => id === incidentId);
  return incident && incident.alerts.length > 1 ? incident : undefined;
}

export function incidentOrder(incident: Incident, alertId: string, context: ViewContext): HTMLElement {
  const list = element('ol', { class: 'cascade' });
  orderOf(incident).forEach(({ source, afterMs, isTied }, index) => {
    const own = incident.alerts.filter((each) => each.source === source);
    const alert = tellingAlert({ rootSource: source, alerts: own });
    const isHere = own.some((each) => each.alertId === alertId);
    const when =
      index === 0 ? 'deviated first' : isTied ? 'in the same window' : `${durationText(afterMs)} later`;
    list.append(
      element(
        'li',
        { class: index === 0 ? 'root' : '' },
        element(
          'a',
          {
            href: context.linkTo({ view: 'alert', alertId: alert.alertId }),
            'data-link': true,
            'aria-current': isHere ? 'true' : null,
          },
          element('bdi', {}, showUnsafe(source)),
        ),
        element('small', {}, when),
        element('span', {}, element('bdi', {}, showUnsafe(alert.headline))),
      ),
    );
  });
  return list;
}
