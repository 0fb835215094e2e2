// What stands around the cells of the swimlane: the services at its left, the time below, deploys and models above.
import { coverUnsafe, showUnsafe } from '../../../core/unsafe-characters.js';
import type { Marker, Swimlane } from '../api.js';
import type { Span } from '../view/view-state.js';
import { timeTicks } from '../view/time-ticks.js';
import { timeText } from '../view/time-text.js';
import { element } from './dom.js';
import { typeScale } from './size.js';
import type { ViewContext } from './view.js';

const TICK_PX = 64;

/** A button: it keeps the page to its service, or lets go of it. Whether it does is for the caller to tell. */
export function laneLabel({ source }: Swimlane['lanes'][number], context: ViewContext): HTMLElement {
  return element(
    'button',
    {
      type: 'button',
      class: 'lane-label',
      title: showUnsafe(source),
      onclick: () => context.navigate({ source: context.state().source === source ? null : source }),
    },
    element('bdi', {}, coverUnsafe(source)),
  );
}

export function markerSign(
  { atMs, kind, text, source }: Marker,
  span: Span,
  context: ViewContext,
): HTMLElement {
  const where = source === undefined ? '' : ` (${showUnsafe(source)})`;
  const when = timeText(atMs, context.state().zone, context.nowMs());
  const words = `${kind === 'deploy' ? 'Deploy' : 'Model'}${where}: ${showUnsafe(text)}, ${when}`;
  const sign = element('span', { class: `marker ${kind}`, title: words, role: 'img', 'aria-label': words });
  sign.style.setProperty('left', `${((atMs - span.fromMs) / (span.toMs - span.fromMs)) * 100}%`);
  return sign;
}

export function axisTicks(span: Span, zone: string, widthPx: number): readonly HTMLElement[] {
  return timeTicks(span, zone, Math.max(2, Math.floor(widthPx / (TICK_PX * typeScale())))).map(
    ({ share, text, isDay }) => {
      // at the ends it would stand outside of the picture
      const end = share < 0.02 ? 'first' : share > 0.96 ? 'last' : '';
      const tick = element('span', { class: `tick ${end} ${isDay ? 'day' : ''}` }, text);
      tick.style.setProperty('left', `${share * 100}%`);
      return tick;
    },
  );
}
