// Times on the page: as the viewer's zone has them, with UTC for whoever hovers or listens.
import { agoText, timeText, utcText } from '../view/time-text.js';
import { element } from './dom.js';
import type { ViewContext } from './view.js';

/** `12:03:30`, and the day where it is not today. */
export function timeElement(timeMs: number, context: ViewContext): HTMLTimeElement {
  const text = timeText(timeMs, context.state().zone, context.nowMs());
  return stamp(timeMs, text);
}

/** `12 min ago`. @see refreshAges, by which it stays true */
export function ageElement(timeMs: number, context: ViewContext): HTMLTimeElement {
  const made = stamp(timeMs, agoText(timeMs, context.nowMs()));
  made.setAttribute('data-age', String(timeMs));
  return made;
}

/** Ages in the page as they are now. */
export function refreshAges(root: ParentNode, nowMs: number): void {
  for (const each of root.querySelectorAll('time[data-age]')) {
    const text = agoText(Number(each.getAttribute('data-age')), nowMs);
    // an equal text is not set again: a selection in it would be lost
    if (each.textContent !== text) each.textContent = text;
  }
}

function stamp(timeMs: number, text: string): HTMLTimeElement {
  return element('time', { datetime: new Date(timeMs).toISOString(), title: utcText(timeMs) }, text);
}
