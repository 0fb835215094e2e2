// Windows of one source as rows for the life of an alert, and what it tells of them in a form that can be compared.
import type { AlertEvent } from './alert-event.js';
import type { AlertLife } from './alert-life.js';
import type { TemplateEvidence } from './alert.js';
import type { WindowRow } from './score-window.js';

export const hopMs = 30_000;
export const options = { artifactName: 'demo', windowMs: hopMs, hopMs };

/** Window number `n` of source `api`; it alerts from a score of 0.8 on. */
export function row(n: number, alert: boolean, changes: Partial<WindowRow> = {}): WindowRow {
  return {
    source: 'api',
    startMs: n * hopMs,
    endMs: (n + 1) * hopMs,
    revision: 0,
    records: 1,
    features: Float64Array.of(1),
    score: alert ? 0.9 : 0.1,
    threshold: 0.8,
    alert,
    ...changes,
  };
}

/** Amounts by feature, all above their band; sixteen of them score 0.8. */
export type Amounts = Readonly<Record<string, number>>;

/** An alerting window with its reasons, scored as the combined detector does: the amounts added up, 4 of them score 0.5. */
export function moved(
  n: number,
  amounts: Amounts,
  templates: readonly TemplateEvidence[] = [],
  changes: Partial<WindowRow> = {},
): WindowRow {
  const all = Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
  const score = all / (all + 4);
  const explanation = {
    peakEndMs: (n + 1) * hopMs,
    features: Object.entries(amounts)
      .filter(([, amount]) => amount > 0)
      .map(([feature, amount]) => ({ feature, value: amount + 3, usualLow: 0, usualHigh: 2, amount })),
    templates,
  };
  const alert = score >= 0.8;
  return row(n, alert, { score, ...(alert ? { explanation } : {}), ...changes });
}

export function line(event: TemplateEvidence['event'], severity: string, text: string): TemplateEvidence {
  return { event, severity, text, templateId: text, service: 'api', count: 3, usual: 1, example: text };
}

export function feed(life: AlertLife, rows: readonly WindowRow[]): AlertEvent[] {
  const events: AlertEvent[] = [];
  for (const each of rows) life.onRow(each, (event) => events.push(event));
  return events;
}

/** `opened 2–3`, `resolved 2–6 quiet`: from and to which window, and the reason. */
export const told = (events: readonly AlertEvent[]): string[] =>
  events.map(
    ({ type, sinceMs, untilMs, reason }) =>
      `${type} ${sinceMs / hopMs}–${untilMs / hopMs}${reason ? ` ${reason}` : ''}`,
  );
