// What is to be done now about what a sink was not told of an alert yet: a pure function of what the store holds, the time,
// and what people said. Whoever was told of an alert is told of its end; whoever was not, is not.
import type { AlertEvent } from '../../core/alert-event.js';
import type { DeliveryState, OpenDelivery } from './delivery.js';

export interface Facts {
  readonly nowMs: number;
  /** Whether the stream has caught up with its input: what fires now does fire. */
  readonly isLive: boolean;
  /** Why an event is to be kept back while that lasts; undefined where it is not. */
  readonly silencedBy: (event: Pick<AlertEvent, 'source' | 'explanation'>) => string | undefined;
  /** Who has an alert in hand; undefined where nobody has. */
  readonly acknowledgedBy: (alertId: string) => string | undefined;
  /** Something that was tried in vain for longer is not tried again. */
  readonly giveUpAfterMs: number;
}

export interface Note {
  readonly delivery: OpenDelivery;
  readonly state: DeliveryState;
  readonly isSettled: boolean;
  /** For a person. */
  readonly reason: string;
}

export interface Decision {
  /** Where it stands differently than before. */
  readonly notes: readonly Note[];
  /** The next to be sent; those behind it have to wait for it. */
  readonly due: OpenDelivery | undefined;
  /** Something is kept back that may have to be sent later: until then, or Infinity for when others say so. */
  readonly lookAgainMs: number | undefined;
}

/** @param deliveries all open ones of one alert to one sink, in the order of their events; at least one */
export function decide(deliveries: readonly OpenDelivery[], facts: Facts): Decision {
  const notes: Note[] = [];
  const { wasTold } = deliveries[0]!;
  const isFiring = deliveries.at(-1)!.event.type !== 'resolved';
  let lookAgainMs: number | undefined;
  /** Why what came before was kept back: what follows it is kept back with it. */
  let held: Pick<Note, 'state' | 'reason'> | undefined;

  for (const delivery of deliveries) {
    const { event, state, leasedUntilMs } = delivery;
    if (leasedUntilMs !== null && leasedUntilMs > facts.nowMs)
      return { notes, due: undefined, lookAgainMs: leasedUntilMs };
    if (delivery.attempts > 0 && facts.nowMs - delivery.commitTimeMs > facts.giveUpAfterMs) {
      notes.push({ delivery, state: 'given-up', isSettled: true, reason: 'not taken for too long' });
      continue;
    }
    if (event.type === 'resolved') {
      if (wasTold) return { notes, due: delivery, lookAgainMs };
      const { state: as, reason } = held ?? { state: 'history', reason: 'its beginning was not sent' };
      notes.push({ delivery, state: as, isSettled: true, reason });
      held = undefined;
      continue;
    }
    // who has it in hand has not heard of the other reasons that it is for now
    const isInHand = event.type === 'updated' && event.reason !== 'changed';
    const acknowledgedBy = isInHand ? facts.acknowledgedBy(event.alertId) : undefined;
    if (acknowledgedBy !== undefined) {
      notes.push({
        delivery,
        state: 'silenced',
        isSettled: true,
        reason: `acknowledged by ${acknowledgedBy}`,
      });
      continue;
    }
    held ??= reasonToHold(delivery, isFiring, facts);
    if (held === undefined) return { notes, due: delivery, lookAgainMs };
    if (isFiring) lookAgainMs = Number.POSITIVE_INFINITY;
    if (state !== held.state || !isFiring) notes.push({ delivery, ...held, isSettled: !isFiring });
  }
  return { notes, due: undefined, lookAgainMs };
}

function reasonToHold(
  { event, first, state }: OpenDelivery,
  isFiring: boolean,
  { isLive, silencedBy }: Facts,
): Pick<Note, 'state' | 'reason'> | undefined {
  // an alert of history that fires to this day is news
  if (state === 'history' && !(isFiring && isLive))
    return { state: 'history', reason: 'its window was over long before it was scored' };
  const silence = silencedBy(event.explanation === undefined ? { ...event, ...reasonsOf(first) } : event);
  return silence === undefined ? undefined : { state: 'silenced', reason: silence };
}

function reasonsOf({ explanation }: AlertEvent): Pick<AlertEvent, 'explanation'> {
  return explanation === undefined ? {} : { explanation };
}
