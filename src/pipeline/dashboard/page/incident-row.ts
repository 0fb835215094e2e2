// One incident of the list. Its elements stay while its figures change, so that neither focus nor pointer loses them.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { AlertState } from '../api.js';
import type { Incident } from '../api-alerts.js';
import { kindWords, SEVERITY_WORDS, STATE_SIGNS, STATE_WORDS, statesOf } from '../view/alert-words.js';
import { orderOf, stagesOf, tellingAlert } from '../view/incident-order.js';
import { countOf } from '../view/number-text.js';
import { agoText, durationText, timeText, utcText } from '../view/time-text.js';
import { createActButtons } from './act-buttons.js';
import type { Target } from './alert-acts.js';
import { type Child, element, fill } from './dom.js';
import type { ViewContext } from './view.js';

export interface IncidentRow {
  readonly root: HTMLElement;
  update(incident: Incident): void;
}

export function createIncidentRow(first: Incident, context: ViewContext, done: () => void): IncidentRow {
  const state = element('span', { class: 'state' });
  const severity = element('span', { class: 'severity' });
  const kind = element('span', { class: 'kind' });
  const headline = element('a', { class: 'headline', 'data-link': true });
  const order = element('p', { class: 'order' });
  const since = element('time');
  const length = element('span', { class: 'length' });
  const acts = createActButtons(context, targetOf(first), done);
  const root = element(
    'li',
    { class: 'incident' },
    element('div', { class: 'incident-head' }, state, severity, kind),
    element(
      'div',
      { class: 'incident-body' },
      element('div', { class: 'incident-line' }, headline, since),
      element(
        'div',
        { class: 'incident-line' },
        element('div', { class: 'incident-facts' }, order, length),
        acts.root,
      ),
    ),
  );
  let shown = '';

  const update = (incident: Incident): void => {
    const { zone } = context.state();
    const nowMs = context.nowMs();
    const { state: now, sinceMs, untilMs } = incident;
    const telling = tellingAlert(incident);
    headline.href = context.linkTo({ view: 'alert', alertId: telling.alertId });
    setText(since, `${timeText(sinceMs, zone, nowMs)} · ${agoText(sinceMs, nowMs)}`);
    const isOpen = now !== 'resolved';
    const lasted = durationText(Math.max(0, (isOpen ? nowMs : untilMs) - sinceMs));
    setText(length, `${isOpen ? 'for' : 'lasted'} ${lasted}, ${countOf(incident.alerts.length, 'alert')}`);
    // what is as it was is not built again
    if (JSON.stringify(incident) === shown) return;
    shown = JSON.stringify(incident);
    root.dataset['severity'] = incident.severity;
    root.dataset['state'] = now;
    fill(state, ...statesOf(incident).map(stateSign));
    setText(severity, SEVERITY_WORDS[incident.severity]);
    setText(kind, kindWords(incident.kind));
    fill(
      headline,
      element('strong', {}, element('bdi', {}, showUnsafe(telling.source))),
      element('span', {}, element('bdi', {}, showUnsafe(telling.headline))),
    );
    since.setAttribute('datetime', new Date(sinceMs).toISOString());
    since.title = utcText(sinceMs);
    fill(order, ...orderChips(incident));
    order.hidden = order.childElementCount === 0;
    acts.update(targetOf(incident));
  };
  update(first);
  return { root, update };
}

/** An incident is dealt with through all of its alerts; what is known of it is what all of them agree on. */
function targetOf(incident: Incident): Target {
  const verdicts = new Set(incident.alerts.map(({ verdict }) => verdict));
  return {
    alerts: incident.alerts,
    source: incident.rootSource,
    kind: incident.kind,
    state: incident.state,
    isTaken: statesOf(incident).includes('acknowledged'),
    verdict: verdicts.size === 1 ? [...verdicts][0]! : null,
  };
}

function orderChips(incident: Incident): readonly Child[] {
  const steps = orderOf(incident);
  if (steps.length < 2) return [];
  return stagesOf(steps).map(({ sources, afterMs }, index) =>
    element(
      'span',
      { class: index === 0 ? 'step root' : 'step' },
      index > 0 && element('span', { class: 'arrow', 'aria-hidden': 'true' }, '→'),
      element('span', {}, ...listed(sources)),
      index > 0
        ? element('small', {}, `+${durationText(afterMs)}`)
        : sources.length > 1 && element('small', {}, 'in the same window'),
    ),
  );
}

/** `checkout, gateway and cart` */
function listed(sources: readonly string[]): readonly Child[] {
  return sources.flatMap((source, index) => [
    index === 0 ? null : index === sources.length - 1 ? ' and ' : ', ',
    element('bdi', {}, showUnsafe(source)),
  ]);
}

function stateSign(state: AlertState): HTMLElement {
  return element(
    'span',
    { class: `state-${state}` },
    element('span', { 'aria-hidden': 'true' }, STATE_SIGNS[state]),
    ` ${STATE_WORDS[state]} `,
  );
}

function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
