// When each moment of a window's and of an alert's way was: what rows and alerts carry into the store, and the
// durations of the stages that come of it.
import type { Stage } from './stages.js';

/**
 * What a window row carries besides `eligibleTimeMs` and `scoredTimeMs`: moments of the record or tick that let it be
 * closed. ms since epoch; by the consumer's clock where nothing else is said.
 */
export interface WindowStamps {
  /** Whether the window was still open when the stream had caught up with its input; otherwise it is history. */
  readonly isLive: boolean;
  /** When that record was logged, by its writer's clock; null of a tick, of the end of the input, and of no clock at all. */
  readonly recordTimeMs: number | null;
  /** When the broker took that record, by the broker's clock; null where the input does not say. */
  readonly appendTimeMs: number | null;
  /** When this process got that record, or when the tick was. */
  readonly readTimeMs: number;
  /** When its batch was begun to be worked on. */
  readonly startedTimeMs: number;
}

/** Everything on the way of a window up to the commit that it is in. */
export interface WindowWay extends WindowStamps {
  /** End of the window, by the records' clocks. */
  readonly endMs: number;
  readonly eligibleTimeMs: number;
  readonly scoredTimeMs: number;
  /** When its commit was begun. */
  readonly commitTimeMs: number;
}

/** When an alert event went out. */
export interface DeliveryStamps {
  /** When the commit with it was done. */
  readonly storedTimeMs: number;
  /** When it was handed to the sinks. */
  readonly emittedTimeMs: number;
  /** When all of them had it. */
  readonly deliveredTimeMs: number;
}

/** Of an alert event: the way of the window that it came from, and its own. */
export interface AlertWay extends WindowWay, DeliveryStamps {
  readonly eventId: string;
  readonly type: 'opened' | 'updated' | 'resolved';
  readonly source: string;
  readonly startMs: number;
}

export type StageDurations = Readonly<Partial<Record<Stage, number>>>;

/** @returns ms; negative where clocks disagree */
export function windowStages(way: WindowWay): StageDurations {
  const { recordTimeMs, appendTimeMs, readTimeMs, startedTimeMs, eligibleTimeMs, scoredTimeMs } = way;
  return {
    ...arrivalStages(recordTimeMs, appendTimeMs, readTimeMs),
    readToStarted: startedTimeMs - readTimeMs,
    startedToEligible: eligibleTimeMs - startedTimeMs,
    eligibleToScored: scoredTimeMs - eligibleTimeMs,
    scoredToCommit: way.commitTimeMs - scoredTimeMs,
    endToEligible: eligibleTimeMs - way.endMs,
  };
}

/** @returns ms, of the stages behind the commit; negative where clocks disagree */
export function alertStages(way: AlertWay): StageDurations {
  return {
    commitToStored: way.storedTimeMs - way.commitTimeMs,
    storedToEmitted: way.emittedTimeMs - way.storedTimeMs,
    emittedToDelivered: way.deliveredTimeMs - way.emittedTimeMs,
    // later events of an alert tell of windows long after its beginning
    ...(way.type === 'opened' ? { eventToAlert: way.deliveredTimeMs - way.startMs } : {}),
  };
}

/** @returns ms; what is null is not known */
export function arrivalStages(
  recordTimeMs: number | null,
  appendTimeMs: number | null,
  readTimeMs: number,
): StageDurations {
  if (appendTimeMs === null) return recordTimeMs === null ? {} : { eventToRead: readTimeMs - recordTimeMs };
  return {
    ...(recordTimeMs === null ? {} : { eventToAppend: appendTimeMs - recordTimeMs }),
    appendToRead: readTimeMs - appendTimeMs,
  };
}
