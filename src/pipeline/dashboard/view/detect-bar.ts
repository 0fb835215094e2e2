// The time to detect as one bar of stages: where the seconds went, each by its share, and what is not known left out.
import type { AlertDetail } from '../api-alerts.js';

export interface DetectPart {
  readonly stage: string;
  readonly what: string;
  readonly ms: number;
  /** Of the whole, 0 to 1. */
  readonly share: number;
}

export interface DetectBar {
  readonly parts: readonly DetectPart[];
  readonly totalMs: number;
  /** Stages of which no time is known. */
  readonly unknown: readonly string[];
}

/** @returns undefined when nothing but the window's own length is known: the alert was found in history */
export function detectBar(timeToDetect: AlertDetail['timeToDetect']): DetectBar | undefined {
  const known = timeToDetect.filter((each): each is typeof each & { ms: number } => each.ms !== null);
  if (!known.some(({ stage }) => stage !== 'window')) return undefined;
  const totalMs = known.reduce((sum, { ms }) => sum + ms, 0);
  return {
    totalMs,
    parts: known.map(({ stage, what, ms }) => ({ stage, what, ms, share: totalMs === 0 ? 0 : ms / totalMs })),
    unknown: timeToDetect.filter(({ ms }) => ms === null).map(({ what }) => what),
  };
}
