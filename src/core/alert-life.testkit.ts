// Windows of one source as rows for the life of an alert, and what it tells of them in a form that can be compared.
import * as fc from 'fast-check';
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

/** What windows alert for: a shift of the volume and what comes on top of it. */
const REASONS = [
  { amounts: { volume_excess: 20 }, templates: [] },
  { amounts: { volume_excess: 35, count_excess: 2 }, templates: [line('spike', 'INFO', 'GET <*>')] },
  { amounts: { volume_excess: 90 }, templates: [] },
  { amounts: { new_template_count: 30 }, templates: [line('new', 'INFO', 'cache warmed')] },
  { amounts: { volume_excess: 30, critical_excess: 60 }, templates: [line('spike', 'ERROR', 'refused')] },
  {
    amounts: { new_template_count: 30, critical_excess: 9 },
    templates: [line('new', 'ERROR', 'ledger is gone')],
  },
] as const;

/** Rows as a windower issues them: mostly in order, now and then a correction of one of the last few, or a gap. */
export const arbRows = fc
  .array(
    fc.record({
      source: fc.constantFrom('api', 'db'),
      back: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
      gap: fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(60) }),
      reason: fc.oneof(
        { weight: 6, arbitrary: fc.nat(1) },
        { weight: 2, arbitrary: fc.nat(REASONS.length - 1) },
        { weight: 2, arbitrary: fc.constant(undefined) },
      ),
      score: fc.double({ min: 0.7, max: 0.85, noNaN: true }),
    }),
    { minLength: 1, maxLength: 120, size: 'max' },
  )
  .map((steps) => {
    const next = new Map<string, number>();
    return steps.map(({ source, back, gap, reason, score }, revision) => {
      const newest = (next.get(source) ?? 10) + (back === 0 ? gap : 0);
      next.set(source, newest);
      if (reason === undefined) return row(newest - back, score >= 0.8, { source, revision, score });
      const { amounts, templates } = REASONS[reason]!;
      return moved(newest - back, amounts, templates, { source, revision });
    });
  });

/** Short enough that a few dozen windows meet every horizon. */
export const brief = {
  ...options,
  correctionMs: 3 * hopMs,
  lingerMs: 4 * hopMs,
  reopenWithinMs: 6 * hopMs,
  absorbAfterMs: 6 * hopMs,
  absorbGraveAfterMs: 20 * hopMs,
  forgetAfterMs: 25 * hopMs,
};

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

/** Pictures of windows: runs of marks, most of them short. */
export function arbRuns(marks: readonly string[]): fc.Arbitrary<string> {
  const count = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.nat(60) },
  );
  return fc
    .array(fc.record({ mark: fc.constantFrom(...marks), count }), { minLength: 1, maxLength: 20 })
    .map((runs) => runs.map((each) => each.mark.repeat(each.count)).join(''));
}
