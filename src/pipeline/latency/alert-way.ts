// The way of a sent alert as a store keeps it: the event as JSON, the moments of its window beside it, those of its
// delivery in columns.
import type { AlertEvent } from '../../core/alert-event.js';
import type { AlertWayQuery, StampedWindow, StoredWindow } from '../ports.js';
import type { AlertWay, DeliveryStamps, WindowStamps } from './stamps.js';

/** Plain JSON. */
export interface AlertWindowStamps extends WindowStamps {
  readonly eligibleTimeMs: number;
  readonly scoredTimeMs: number;
  readonly commitTimeMs: number;
}

/** @param row that the event came from @returns undefined where it has no stamps */
export function alertWindowStamps(
  row: StoredWindow | StampedWindow | undefined,
  commitTimeMs: number,
): AlertWindowStamps | undefined {
  if (row?.stamps === undefined) return undefined;
  const { eligibleTimeMs, scoredTimeMs, stamps } = row;
  return { ...stamps, eligibleTimeMs, scoredTimeMs, commitTimeMs };
}

export function alertWayOf(
  { eventId, type, source, startMs, endMs }: AlertEvent,
  stamps: AlertWindowStamps,
  delivery: DeliveryStamps,
): AlertWay {
  return { eventId, type, source, startMs, endMs, ...stamps, ...delivery };
}

export function isWayAsked(
  { source, startMs }: AlertWay,
  { source: wanted, fromMs = -Infinity, toMs = Infinity }: AlertWayQuery,
): boolean {
  return (wanted === undefined || source === wanted) && startMs >= fromMs && startMs < toMs;
}
