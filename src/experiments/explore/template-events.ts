// The templates behind template events: what the alerting windows around an anomaly name as new, spiking or gone.
import type { TemplateEvidence } from '../../core/alert.js';
import type { Label } from '../labels.js';
import type { WindowTable } from './window-table.js';

export interface TemplateEventRow {
  readonly kind: string;
  readonly service: string;
  readonly event: TemplateEvidence['event'];
  /** Untrusted text. */
  readonly template: string;
  /** Records in the window that showed most of it. */
  readonly count: number;
  /** Records that a healthy window holds of it. */
  readonly usual: number;
}

/** What a label leaves in the rolling features is still told for so long. */
const GRACE_MS = 5 * 60_000;
const MAX_TEXT = 90;

/** @returns the events of the label's root service, those of most records first; none where no window alerted */
export function templateEvents(
  table: WindowTable,
  label: Label,
  maxRows: number,
): readonly TemplateEventRow[] {
  const best = new Map<string, TemplateEvidence>();
  for (const { source, rows } of table.sources) {
    if (source !== label.rootService) continue;
    for (const { startMs, endMs, explanation } of rows) {
      if (endMs <= label.startMs || startMs >= label.endMs + GRACE_MS) continue;
      for (const each of explanation?.templates ?? []) {
        const key = `${each.event}|${each.severity}|${each.templateId}`;
        if (each.count >= (best.get(key)?.count ?? 0)) best.set(key, each);
      }
    }
  }
  return [...best.values()]
    .sort((a, b) => b.count - a.count || b.usual - a.usual || (a.templateId < b.templateId ? -1 : 1))
    .slice(0, maxRows)
    .map(({ event, text, count, usual }) => ({
      kind: label.kind,
      service: label.rootService,
      event,
      template: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text,
      count,
      usual: Math.round(100 * usual) / 100,
    }));
}
