// The way of alert events to their sinks, in memory: the plainest statement of what the real stores do.
import type { AlertEvent } from '../../core/alert-event.js';
import {
  type DeliveryBox,
  type DeliveryKey,
  type DeliveryState,
  isToldToFire,
  type NewDelivery,
  type SinkSummary,
  type StoredDelivery,
} from '../sinks/delivery.js';

export interface MemoryDeliveries {
  /** Of one commit; those that are known stay as they are. */
  write(deliveries: readonly NewDelivery[], events: readonly AlertEvent[], commitTimeMs: number): void;
  /** @param isOpen whether an alert is @param checkOwner throws FencedError when there is a newer one */
  box(isOpen: (alertId: string) => boolean, checkOwner: () => void): DeliveryBox;
  all(): readonly MemoryDelivery[];
  /** Of alerts that are over and have nothing unsettled, the first ones unchanged since. @returns how many went */
  prune(isOver: (alertId: string) => boolean, changedBeforeMs: number, most: number): number;
}

export interface MemoryDelivery extends StoredDelivery {
  readonly alertId: string;
  readonly changedMs: number;
}

interface Entry extends DeliveryKey {
  readonly alertId: string;
  readonly event: AlertEvent;
  readonly commitTimeMs: number;
  state: DeliveryState;
  isSettled: boolean;
  attempts: number;
  leasedUntilMs: number | null;
  nextAttemptMs: number | null;
  lastError: string | null;
  sentTimeMs: number | null;
  changedMs: number;
}

/** Of one stream. */
export function createMemoryDeliveries(): MemoryDeliveries {
  const entries: Entry[] = [];
  const find = (key: DeliveryKey): Entry | undefined =>
    entries.find(({ eventId, sink }) => eventId === key.eventId && sink === key.sink);
  const ofAlert = ({ alertId, sink }: Entry): Entry[] =>
    entries.filter((each) => each.alertId === alertId && each.sink === sink);

  return {
    write: (deliveries, events, commitTimeMs) => {
      for (const each of deliveries) {
        const event = events.find(({ eventId }) => eventId === each.eventId)!;
        if (find(each) !== undefined) continue;
        entries.push({
          ...each,
          event,
          commitTimeMs: Math.floor(commitTimeMs),
          isSettled: false,
          attempts: 0,
          leasedUntilMs: null,
          nextAttemptMs: null,
          lastError: null,
          sentTimeMs: null,
          changedMs: Math.floor(commitTimeMs),
        });
      }
    },
    box: (isOpen, checkOwner) => ({
      openDeliveries: async (sink) =>
        entries
          .filter((each) => each.sink === sink && !each.isSettled)
          .map((entry) => ({
            event: entry.event,
            first: ofAlert(entry)[0]!.event,
            wasTold: isToldToFire(ofAlert(entry).findLast(({ state }) => state === 'sent')?.event),
            state: entry.state,
            attempts: entry.attempts,
            leasedUntilMs: entry.leasedUntilMs,
            commitTimeMs: entry.commitTimeMs,
          })),
      toldEvents: async (sink) =>
        entries
          .filter((each) => each.sink === sink && each.state === 'sent' && isOpen(each.alertId))
          .map((entry) => ({ event: entry.event, first: ofAlert(entry)[0]!.event })),
      claimDelivery: async ({ attempt, leasedUntilMs, atMs, ...key }) => {
        checkOwner();
        const entry = find(key);
        if (entry === undefined || entry.isSettled) return;
        Object.assign(entry, {
          attempts: attempt,
          leasedUntilMs: Math.ceil(leasedUntilMs),
          nextAttemptMs: null,
          changedMs: Math.floor(atMs),
        });
      },
      noteOutcomes: async (outcomes) => {
        for (const { attempts, state, isSettled, nextAttemptMs, lastError, atMs, ...key } of outcomes) {
          const entry = find(key);
          if (entry === undefined || entry.isSettled || entry.attempts !== attempts) continue;
          Object.assign(entry, {
            state,
            isSettled,
            nextAttemptMs: nextAttemptMs === null ? null : Math.ceil(nextAttemptMs),
            lastError,
            leasedUntilMs: null,
            changedMs: Math.floor(atMs),
            sentTimeMs: state === 'sent' ? Math.floor(atMs) : null,
          });
        }
      },
    }),
    all: () => entries,
    prune: (isOver, changedBeforeMs, most) => {
      const unsettled = new Set(entries.flatMap(({ alertId, isSettled }) => (isSettled ? [] : [alertId])));
      const gone = entries
        .filter(
          ({ alertId, changedMs }) =>
            changedMs < changedBeforeMs && !unsettled.has(alertId) && isOver(alertId),
        )
        .slice(0, most);
      for (const each of gone) entries.splice(entries.indexOf(each), 1);
      return gone.length;
    },
  };
}

/** Of one alert, as a person is told. */
export function deliveriesOfAlert(
  deliveries: readonly MemoryDelivery[],
  alertId: string,
): readonly StoredDelivery[] {
  return deliveries
    .filter((each) => each.alertId === alertId)
    .map(({ eventId, sink, state, attempts, nextAttemptMs, lastError, commitTimeMs, sentTimeMs }) => ({
      eventId,
      sink,
      state,
      attempts,
      nextAttemptMs,
      lastError,
      commitTimeMs,
      sentTimeMs,
    }));
}

/** By name. */
export function summarizeSinks(deliveries: ReturnType<MemoryDeliveries['all']>): readonly SinkSummary[] {
  const names = [...new Set(deliveries.map(({ sink }) => sink))].sort();
  return names.map((sink) => {
    const own = deliveries.filter((each) => each.sink === sink);
    const failed = own
      .filter(({ state, lastError }) => (state === 'waiting' || state === 'given-up') && lastError !== null)
      .sort((a, b) => a.changedMs - b.changedMs);
    const waitingMs = own.flatMap(({ state, commitTimeMs }) => (state === 'waiting' ? commitTimeMs : []));
    const sentMs = own.flatMap(({ sentTimeMs }) => sentTimeMs ?? []);
    return {
      sink,
      waiting: waitingMs.length,
      oldestWaitingMs: waitingMs.length === 0 ? null : Math.min(...waitingMs),
      sent: own.filter(({ state }) => state === 'sent').length,
      givenUp: own.filter(({ state }) => state === 'given-up').length,
      lastSentMs: sentMs.length === 0 ? null : Math.max(...sentMs),
      lastError: failed.at(-1)?.lastError ?? null,
    };
  });
}
