// A stretch of time of the viewer's own, by the clock of the zone that the page shows.
import { fromWallClock, toWallClock } from '../view/wall-clock.js';
import { field, openDialog } from './dialog.js';
import { element } from './dom.js';
import type { ViewContext } from './view.js';

const LONGEST_MS = 366 * 86_400_000;

export function openRangeDialog(context: ViewContext): void {
  const { zone } = context.state();
  const { fromMs, toMs } = context.span();
  const input = (timeMs: number): HTMLInputElement =>
    element('input', { type: 'datetime-local', value: toWallClock(timeMs, zone), required: true });
  const from = input(fromMs);
  const to = input(toMs);
  openDialog({
    title: 'Show a stretch of time',
    submit: 'Show',
    fields: [element('div', { class: 'field-row' }, field('From', from), field('To', to))],
    send: async () => {
      const chosen = { fromMs: fromWallClock(from.value, zone), toMs: fromWallClock(to.value, zone) };
      if (chosen.fromMs === undefined || chosen.toMs === undefined)
        return await Promise.resolve('Give both ends, each with its day and time.');
      if (chosen.fromMs >= chosen.toMs) return 'It must begin before it ends.';
      if (chosen.toMs - chosen.fromMs > LONGEST_MS) return 'A year is the longest that can be shown at once.';
      context.navigate({ range: { fromMs: chosen.fromMs, toMs: chosen.toMs }, focus: null });
      return undefined;
    },
  });
}
