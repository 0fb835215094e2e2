// Stamps as both databases give them out: the same columns in the same order.
import type { AlertEvent } from '../../core/alert-event.js';
import { alertWayOf, type AlertWindowStamps } from '../latency/alert-way.js';
import type { StoredWindow } from '../ports.js';
import type { AlertWay } from '../latency/stamps.js';

/**
 * @param isLive null of a row that was stored before there were stamps
 * @param times of record, append, read and start
 */
export function storedStampsOf(
  commitTimeMs: number,
  isLive: boolean | null,
  times: readonly (number | null)[],
): Pick<StoredWindow, 'commitTimeMs' | 'stamps'> {
  if (isLive === null) return { commitTimeMs };
  const [recordTimeMs, appendTimeMs, readTimeMs, startedTimeMs] = times as [
    number | null,
    number | null,
    number,
    number,
  ];
  return { commitTimeMs, stamps: { isLive, recordTimeMs, appendTimeMs, readTimeMs, startedTimeMs } };
}

/**
 * @param event, stamps as JSON
 * @param delivery times of storing, emission and delivery
 */
export function storedAlertWayOf(event: string, stamps: string, delivery: readonly unknown[]): AlertWay {
  const [storedTimeMs, emittedTimeMs, deliveredTimeMs] = delivery as [number, number, number];
  return alertWayOf(JSON.parse(event) as AlertEvent, JSON.parse(stamps) as AlertWindowStamps, {
    storedTimeMs,
    emittedTimeMs,
    deliveredTimeMs,
  });
}
