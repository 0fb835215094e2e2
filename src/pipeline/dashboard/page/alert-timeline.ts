// What happened to the alert since: its own life, whom it reached, and what people did and said.
import type { AlertDetail } from '../api-alerts.js';
import { alertStory } from '../view/alert-story.js';
import { element } from './dom.js';
import { timeElement } from './time.js';
import type { ViewContext } from './view.js';

export function timelineList(detail: AlertDetail, context: ViewContext): HTMLElement {
  const { steps, waiting } = alertStory(detail);
  const list = element('ol', { class: 'timeline' });
  for (const { atMs, sign, text, quote } of steps) {
    list.append(
      element(
        'li',
        { class: sign },
        timeElement(atMs, context),
        element('div', {}, element('p', {}, text), quote !== undefined && element('blockquote', {}, quote)),
      ),
    );
  }
  for (const text of waiting)
    list.append(element('li', { class: 'trouble' }, element('span', {}, 'now'), element('p', {}, text)));
  return list;
}
