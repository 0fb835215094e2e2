// Where a time axis has its marks: at round times of the viewer's wall clock, few enough to be read.
import { dayText, minuteText, plotTime } from './time-text.js';
import type { Span } from './view-state.js';

export interface Tick {
  /** Of the width, 0 to 1. */
  readonly share: number;
  readonly text: string;
  /** Midnight: the day is written instead of the hour. */
  readonly isDay: boolean;
}

const STEPS_MS = [
  60_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000,
  86_400_000, 172_800_000, 604_800_000,
];
const DAY_MS = 86_400_000;

/** @param maxTicks at least 1 */
export function timeTicks({ fromMs, toMs }: Span, zone: string, maxTicks: number): readonly Tick[] {
  const lengthMs = toMs - fromMs;
  const stepMs = STEPS_MS.find((step) => lengthMs / step <= maxTicks) ?? STEPS_MS.at(-1)!;
  // the clock's distance from UTC there: a change of it within the range only shifts the marks by it
  const aheadMs = Date.parse(`${plotTime(fromMs, zone).replace(' ', 'T')}Z`) - fromMs;
  const first = Math.ceil((fromMs + aheadMs) / stepMs) * stepMs - aheadMs;
  const ticks: Tick[] = [];
  for (let atMs = first; atMs <= toMs; atMs += stepMs) {
    const clock = minuteText(atMs, zone, atMs);
    const isDay = clock === '00:00' && lengthMs > DAY_MS / 4;
    // a far now makes the day be written
    const text = isDay ? dayText(atMs, zone, atMs + 7 * DAY_MS).replace(/ \d{4}$/, '') : clock;
    ticks.push({ share: (atMs - fromMs) / lengthMs, text, isDay });
  }
  return ticks;
}
