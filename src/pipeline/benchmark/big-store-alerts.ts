// The alerts of a big store: runs of some windows, spread over services and time, each told as opened and as resolved.
import type { Explanation } from '../../core/alert.js';
import type { AlertEvent } from '../../core/alert-event.js';
import type { Random } from '../../core/random.js';
import { serviceName, THRESHOLD, WINDOW_MS } from './big-store-shape.js';

export interface BigAlert {
  readonly alertId: string;
  readonly source: string;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly peakScore: number;
  readonly explanation: Explanation;
}

const HOUR_MS = 3_600_000;
/** An alert begins and ends within its hour. */
const MOST_WINDOWS = 20;
const LAST_START = 120 - MOST_WINDOWS;

export function planAlerts(
  plan: {
    readonly count: number;
    readonly services: number;
    readonly fromMs: number;
    readonly hours: number;
  },
  random: Random,
): BigAlert[] {
  return Array.from({ length: plan.count }, (_, index) => {
    const hourMs = plan.fromMs + random.below(plan.hours) * HOUR_MS;
    const sinceMs = hourMs + random.below(LAST_START) * WINDOW_MS;
    const source = serviceName(random.below(plan.services));
    const untilMs = sinceMs + (1 + random.below(MOST_WINDOWS)) * WINDOW_MS;
    return {
      alertId: index.toString(16).padStart(16, '0'),
      source,
      sinceMs,
      untilMs,
      peakScore: THRESHOLD + random.next() * (1 - THRESHOLD),
      explanation: explanationOf(source, untilMs, random),
    };
  });
}

export function alertsOf({ alertId, explanation, ...alert }: BigAlert): AlertEvent[] {
  const told = {
    alertId,
    ...alert,
    startMs: alert.sinceMs,
    endMs: alert.sinceMs + WINDOW_MS,
    revision: 0,
    score: alert.peakScore,
    threshold: THRESHOLD,
  };
  return [
    { ...told, type: 'opened', eventId: `${alertId}-0-0`, explanation },
    { ...told, type: 'resolved', eventId: `${alertId}-0-1`, reason: 'quiet' },
  ];
}

function explanationOf(service: string, peakEndMs: number, random: Random): Explanation {
  return {
    peakEndMs,
    features: Array.from({ length: 5 }, (_, index) => ({
      feature: `feature_${index}`,
      value: 50 * random.next(),
      usualLow: 0,
      usualHigh: 4 * random.next(),
      amount: random.next(),
    })),
    templates: Array.from({ length: 3 }, (_, index) => ({
      event: index === 0 ? 'new' : 'spike',
      templateId: `${index}`.padStart(16, 'f'),
      text: 'upstream <*> refused the connection after <*> ms',
      service,
      severity: 'ERROR',
      count: 1 + random.below(40),
      usual: 0,
      example: `upstream 10.0.0.${random.below(255)} refused the connection after 3000 ms`,
    })),
  };
}
