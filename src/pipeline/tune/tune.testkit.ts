// Told alerts, windows and reasons for the tests of what is proposed.
import type { Explanation, TemplateEvidence } from '../../core/alert.js';
import type { ToldAlert } from './judged-alerts.js';
import type { SourceHistory } from './score-history.js';

export const WINDOW_MS = 30_000;

/** Window n of a source begins at n × 30 s. */
export function told(window: number, changes: Partial<ToldAlert> = {}): ToldAlert {
  const source = changes.source ?? 'api';
  return {
    alertId: `${source}-${window}`,
    source,
    sinceMs: window * WINDOW_MS,
    untilMs: (window + 1) * WINDOW_MS,
    peakScore: 0.9,
    kind: 'errors',
    verdict: 'false',
    who: 'kim',
    ...changes,
  };
}

/** One window after the other from 0 on. @param reasons by number of the window */
export function history(
  scores: readonly number[],
  reasons: Readonly<Record<number, Explanation>> = {},
  source = 'api',
): SourceHistory {
  return {
    source,
    startsMs: scores.map((_, window) => window * WINDOW_MS),
    scores,
    explanations: new Map(
      Object.entries(reasons).map(([window, reason]) => [Number(window) * WINDOW_MS, reason]),
    ),
  };
}

export function line(templateId: string, changes: Partial<TemplateEvidence> = {}): TemplateEvidence {
  return {
    event: 'new',
    templateId,
    text: `text of ${templateId}`,
    service: 'api',
    severity: 'ERROR',
    count: 3,
    usual: 0,
    example: `line of ${templateId}`,
    ...changes,
  };
}

/** @param amounts by feature, strongest first */
export function reasons(
  amounts: Readonly<Record<string, number>>,
  ...templates: readonly TemplateEvidence[]
): Explanation {
  return {
    peakEndMs: WINDOW_MS,
    features: Object.entries(amounts).map(([feature, amount]) => ({
      feature,
      value: 9,
      usualLow: 0,
      usualHigh: 1,
      amount,
    })),
    templates,
  };
}
