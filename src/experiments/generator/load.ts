// How busy the shop is at a moment: hours and weekdays, times smooth noise on two scales.
// A function of time and seed alone, so that no history is needed to go on from anywhere.

import type { RandomState } from '../../core/random.js';
import { normalAt, STREAM } from './chance.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Load by hour of the day, UTC, relative to a mean near 1: quiet around 04:00, busiest around 20:00. */
const BY_HOUR = [
  0.62, 0.45, 0.34, 0.28, 0.26, 0.3, 0.42, 0.62, 0.85, 1.02, 1.12, 1.2, 1.24, 1.18, 1.12, 1.1, 1.14, 1.25,
  1.42, 1.55, 1.58, 1.42, 1.15, 0.86,
];

/** Sunday first, as `Date.getUTCDay` counts. */
const BY_WEEKDAY = [0.82, 1.04, 1, 1, 1.02, 1.06, 0.9];

/** Expected load at a moment, without noise; straight between the hours. */
export function expectedLoad(timeMs: number): number {
  const hour = (timeMs % DAY_MS) / HOUR_MS;
  const before = Math.floor(hour);
  const share = hour - before;
  const byHour = BY_HOUR[before]! * (1 - share) + BY_HOUR[(before + 1) % 24]! * share;
  // 1970-01-01 was a Thursday
  return byHour * BY_WEEKDAY[(Math.floor(timeMs / DAY_MS) + 4) % 7]!;
}

/** Mean of `expectedLoad` over a span, read every minute (over a week at most). */
export function meanLoad(startMs: number, durationMs: number): number {
  const stepMs = 60_000;
  const steps = Math.max(1, Math.round(Math.min(durationMs, 7 * DAY_MS) / stepMs));
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += expectedLoad(startMs + (i + 0.5) * stepMs);
  return sum / steps;
}

export interface Noise {
  /** Factor on the expected load: log-normal with mean near 1, slow (10 min) and quick (40 s) together. */
  load(timeMs: number): number;
  /** How much more (or less) than usual a service fails for a while: trouble comes in clusters. Mean near 1. */
  trouble(timeMs: number, service: number): number;
}

/** Functions of time alone; they only remember the knots last used. */
export function createNoise(seed: RandomState): Noise {
  const parts: { knot: number; before: number; after: number }[] = [];
  /** Normals at the knots of a grid, straight lines between them. The variance is 1 at a knot and 1/2 half way. */
  const smooth = (timeMs: number, gridMs: number, part: number): number => {
    const place = timeMs / gridMs;
    const knot = Math.floor(place);
    let known = parts[part];
    if (known?.knot !== knot) {
      const before = normalAt(seed, STREAM.noise, knot, part);
      known = parts[part] = { knot, before, after: normalAt(seed, STREAM.noise, knot + 1, part) };
    }
    return known.before + (place - knot) * (known.after - known.before);
  };
  return {
    load: (timeMs) => Math.exp(0.12 * smooth(timeMs, 600_000, 0) + 0.14 * smooth(timeMs, 40_000, 1) - 0.0114),
    // 1.2 is the spread, and a third of its square what keeps the mean near 1
    trouble: (timeMs, service) => Math.exp(1.2 * smooth(timeMs, 420_000, 2 + service) - 0.48),
  };
}
