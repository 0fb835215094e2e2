// An hour of windows of one service: a score that wanders low, and an alerting run where one is planned.
import type { Random } from '../../core/random.js';
import type { StampedWindow } from '../ports.js';
import type { BigAlert } from './big-store-alerts.js';
import { THRESHOLD, WINDOW_MS } from './big-store-shape.js';

const WINDOWS_AN_HOUR = 120;
/** Of the features of a real window most are zero or whole. */
const FRACTIONS = 0.25;
const COUNTS = 0.35;

export function windowsOfHour(
  source: string,
  hourMs: number,
  features: number,
  alerts: readonly BigAlert[],
  random: Random,
): StampedWindow[] {
  const own = alerts.filter((alert) => alert.source === source);
  return Array.from({ length: WINDOWS_AN_HOUR }, (_, index): StampedWindow => {
    const startMs = hourMs + index * WINDOW_MS;
    const endMs = startMs + WINDOW_MS;
    const alert = own.find(({ sinceMs, untilMs }) => startMs >= sinceMs && startMs < untilMs);
    return {
      source,
      startMs,
      endMs,
      revision: 0,
      records: 20 + random.below(200),
      features: Array.from({ length: features }, () => featureOf(random)),
      score: alert === undefined ? (random.next() * random.next() * THRESHOLD) / 1.2 : alert.peakScore,
      threshold: THRESHOLD,
      alert: alert !== undefined,
      ...(alert === undefined ? {} : { explanation: alert.explanation }),
      eligibleTimeMs: endMs + 1200.25,
      scoredTimeMs: endMs + 1200.5,
      stamps: {
        isLive: true,
        recordTimeMs: endMs + 1000,
        appendTimeMs: null,
        readTimeMs: endMs + 1100.125,
        startedTimeMs: endMs + 1100.25,
      },
    };
  });
}

function featureOf(random: Random): number {
  const drawn = random.next();
  if (drawn < FRACTIONS) return random.next();
  return drawn < FRACTIONS + COUNTS ? random.below(200) : 0;
}
