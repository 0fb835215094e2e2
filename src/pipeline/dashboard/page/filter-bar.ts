// What everything on the page is kept to, each with a way out: the service, the brushed stretch, a range of its own.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import { spanText, timeText } from '../view/time-text.js';
import type { ViewState } from '../view/view-state.js';
import { type Child, element, fill } from './dom.js';
import type { ViewContext } from './view.js';

export function createFilterBar(): { readonly root: HTMLElement; update(context: ViewContext): void } {
  const root = element('div', { class: 'filter-bar', role: 'group', 'aria-label': 'Filters', hidden: true });
  let shown = '';
  return {
    root,
    update: (context) => {
      const { source, focus, range, zone } = context.state();
      // a chip whose button has the focus stays the one it is
      const whole = context.wholeSpan();
      const endsEarly = 'lastMs' in range && context.nowMs() - whole.toMs > range.lastMs;
      const wanted = JSON.stringify([source, focus, range, zone, endsEarly && whole.toMs]);
      if (wanted === shown) return;
      shown = wanted;
      const words = (span: { fromMs: number; toMs: number }): string =>
        spanText(span.fromMs, span.toMs, zone, context.nowMs());
      const chip = (label: string, text: string, out: Partial<ViewState>, ...more: readonly Child[]): Child =>
        element(
          'span',
          { class: 'chip' },
          element('span', { class: 'chip-label' }, label),
          element('bdi', {}, text),
          ...more,
          element(
            'button',
            {
              type: 'button',
              class: 'quiet',
              'aria-label': `Clear ${label} ${text}`,
              onclick: () => context.navigate(out),
            },
            '×',
          ),
        );
      const zoom =
        focus !== null &&
        element(
          'button',
          { type: 'button', class: 'quiet', onclick: () => context.navigate({ range: focus, focus: null }) },
          'Zoom in',
        );
      fill(
        root,
        source !== null && chip('service', showUnsafe(source), { source: null }),
        focus !== null && chip('selected', words(focus), { focus: null }, zoom),
        endsEarly &&
          element(
            'span',
            { class: 'chip note' },
            `ends with the last window, ${timeText(whole.toMs, zone, context.nowMs())}`,
          ),
        !('lastMs' in range) && chip('range', words(range), { range: { lastMs: 21_600_000 } }),
      );
      root.hidden = root.childElementCount === 0;
    },
  };
}
