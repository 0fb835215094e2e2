// A trend as bars in a line of text, with the words that say the same.
import { sparklinePath } from '../view/sparkline-path.js';
import { svg } from './dom.js';

const WIDTH_PX = 96;
const HEIGHT_PX = 22;

/**
 * @param values of equal parts of a range, oldest first, at least 0
 * @param words of what the bars show
 * @param isLastOpen the last part is not over yet: its bar is pale, since it still grows
 */
export function sparkline(values: readonly number[], words: string, isLastOpen = false): SVGElement {
  const path = (shown: readonly number[]): string =>
    sparklinePath(shown, WIDTH_PX, HEIGHT_PX - 1, Math.max(0, ...values));
  const open = values.map((value, index) => (isLastOpen && index === values.length - 1 ? value : 0));
  const over = values.map((value, index) => value - open[index]!);
  return svg(
    'svg',
    {
      class: 'sparkline',
      width: WIDTH_PX,
      height: HEIGHT_PX,
      viewBox: `0 0 ${WIDTH_PX} ${HEIGHT_PX}`,
      role: 'img',
      'aria-label': words,
    },
    svg('title', {}, words),
    svg('path', { class: 'sparkline-base', d: `M0 ${HEIGHT_PX - 0.5}H${WIDTH_PX}` }),
    svg('path', { class: 'sparkline-bars', d: path(over) }),
    svg('path', { class: 'sparkline-bars sparkline-open', d: path(open) }),
  );
}
