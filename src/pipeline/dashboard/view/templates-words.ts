// What became of a template in the range, as the page says it, and the orders that its list can have.
import type { TemplateRow } from '../api-reports.js';

export const TEMPLATE_ORDERS = ['count', 'share', 'trend', 'new', 'gone'] as const;
export type TemplateOrder = (typeof TEMPLATE_ORDERS)[number];

/** Of the address; the most frequent first where it says none that there is. */
export function orderOf(text: string | undefined): TemplateOrder {
  return TEMPLATE_ORDERS.find((order) => order === text) ?? 'count';
}

/** Against the stretch of equal length before: `× 3.2`, `− 40 %`, `+ 12 %`, `±0`; `—` where there is nothing to compare with. */
export function changeText({ change, status }: Pick<TemplateRow, 'change' | 'status'>): string {
  if (change === null) return status === 'new' ? 'first time' : '—';
  if (change === 0) return 'all gone';
  if (change >= 2) return `× ${change >= 10 ? Math.round(change) : Math.round(change * 10) / 10}`;
  const percent = Math.round((change - 1) * 100);
  if (percent === 0) return '± 0 %';
  return percent > 0 ? `+ ${percent} %` : `− ${-percent} %`;
}
