// What a store keeps of the way of each alert event to each sink: enough to go on after a crash, to leave out none, and to
// tell a person what became of it.
import type { AlertEvent } from '../../core/alert-event.js';

/**
 * `waiting`: to be sent, or tried and to be tried again. `silenced`: kept back by a silence or an acknowledgement.
 * `history`: its window was over long before it was committed. `given-up`: refused or undeliverable for too long.
 */
export type DeliveryState = 'waiting' | 'sent' | 'silenced' | 'history' | 'given-up';

/** Of an event and a sink as the event is committed. */
export interface NewDelivery {
  readonly eventId: string;
  readonly alertId: string;
  /** Lower-case letters, digits and hyphens. */
  readonly sink: string;
  readonly state: 'waiting' | 'history';
}

/** Something that may still have to be sent. */
export interface OpenDelivery {
  readonly event: AlertEvent;
  /** Of the same alert, the first event that the sink was to get: the same in all of them. */
  readonly first: AlertEvent;
  /** Whether the alert fires by what the sink got of it last. */
  readonly wasTold: boolean;
  readonly state: DeliveryState;
  /** Begun so far; the last one may be under way. */
  readonly attempts: number;
  /** Until then whoever began the last attempt may still be at it, ms since epoch; null after its outcome. */
  readonly leasedUntilMs: number | null;
  /** When the event was committed, ms since epoch. */
  readonly commitTimeMs: number;
}

/** An event that a sink got, of an alert that is still open. */
export type ToldEvent = Pick<OpenDelivery, 'event' | 'first'>;

export interface DeliveryKey {
  readonly eventId: string;
  readonly sink: string;
}

/** The right to make an attempt. */
export interface DeliveryClaim extends DeliveryKey {
  /** Of the attempt, counted from 1. */
  readonly attempt: number;
  readonly leasedUntilMs: number;
  readonly atMs: number;
}

/** What came of an attempt, or was decided without one. */
export interface DeliveryOutcome extends DeliveryKey {
  /** As it was when that was decided: where another attempt was begun since, the outcome is left aside. */
  readonly attempts: number;
  readonly state: DeliveryState;
  /** Nothing can change it any more. */
  readonly isSettled: boolean;
  /** Null where none is planned. */
  readonly nextAttemptMs: number | null;
  /** For a person; null where nothing went wrong. */
  readonly lastError: string | null;
  readonly atMs: number;
}

/** For a person who looks at an alert. */
export interface StoredDelivery extends DeliveryKey {
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAttemptMs: number | null;
  readonly lastError: string | null;
  readonly commitTimeMs: number;
  readonly sentTimeMs: number | null;
}

/** All that a store knows about a sink. */
export interface SinkSummary {
  readonly sink: string;
  readonly waiting: number;
  /** When the oldest event that waits was committed, ms since epoch; null where none does. */
  readonly oldestWaitingMs: number | null;
  /** Of those that are kept: they go with their alerts. */
  readonly sent: number;
  /** Undeliverable ones. */
  readonly givenUp: number;
  readonly lastSentMs: number | null;
  /** Of the deliveries that wait or were given up, the latest. */
  readonly lastError: string | null;
}

/** At most so many are given out at once, the oldest: the rest once those are settled. */
export const OPEN_DELIVERIES_READ = 2000;

/** What the owner of a stream may do about its deliveries. */
export interface DeliveryBox {
  /** Those of a sink that are not settled, in the order of their events. */
  openDeliveries(sink: string): Promise<readonly OpenDelivery[]>;
  /** Sent ones of alerts that are open, in the order of their events; of each alert the last is what it was told. */
  toldEvents(sink: string): Promise<readonly ToldEvent[]>;
  /** To be done before each attempt. @throws FencedError when another process owns the stream */
  claimDelivery(claim: DeliveryClaim): Promise<void>;
  /** Also by a former owner: an attempt that it began ends with it. */
  noteOutcomes(outcomes: readonly DeliveryOutcome[]): Promise<void>;
}

/** @param lastTold the last event of an alert that a sink got */
export function isToldToFire(lastTold: AlertEvent | undefined): boolean {
  return lastTold !== undefined && lastTold.type !== 'resolved';
}
