// Messages on their way: gathered while a send is under way, sent as soon as it is acknowledged. Batches grow with the
// load by themselves, memory is bounded, and a place in the input is safe once all before it is acknowledged.
import type { OutgoingMessage } from '../kafka/kafka-message.js';
import { createHistogram, type Histogram } from '../latency/histogram.js';
import type { Clock, Json } from '../ports.js';

export interface MessageSink {
  /** One call at a time; resolves when all is acknowledged. */
  send(messages: readonly OutgoingMessage[]): Promise<readonly Place[]>;
}

/** Where a message lies. */
export interface Place {
  readonly partition: number;
  readonly offset: number;
  /** How many messages right behind it were appended with it. */
  readonly ownBehind: number;
}

/** Where a partition stood. */
export interface PartitionEnd {
  /** Behind the last message of ours. */
  readonly offset: number;
  /** How many messages from there on are of the same append: they have no mark of their own. */
  readonly own: number;
}

/** A place in the input behind which nothing is owed, and where the topic stood then: whatever follows lies behind. */
export interface SafePlace {
  readonly position: Json;
  /** Of each partition that was written to, as of the last message of this run before the position. */
  readonly ends: Readonly<Record<string, PartitionEnd>>;
}

export interface Shipper {
  /** @param intendedMs when it was meant to be sent, whatever was in the way */
  add(message: OutgoingMessage, intendedMs: number): void;
  /** A message that is there already: it takes its turn among the others, so that a safe place is behind it, too. */
  pass(place: Place): void;
  /** Everything added so far belongs to the input before this position. */
  mark(position: Json): void;
  /** Sends what waits, if nothing is under way. */
  kick(): void;
  /** Resolves when there is room for more. @throws what a send threw */
  room(): Promise<void>;
  /** Resolves when all is acknowledged. @throws what a send threw */
  drain(): Promise<void>;
  /** The last marked position before which all is acknowledged; undefined before the first. */
  safePlace(): SafePlace | undefined;
  counts(): { readonly sent: number; readonly open: number };
  /** ms from the intended moment to the send, and to its acknowledgement. */
  readonly latenessMs: Histogram;
  readonly latencyMs: Histogram;
}

/** Of one send: a batch of a partition must stay below what brokers take, about a million bytes. */
const MOST_BATCH_BYTES = 900_000;
const MOST_BATCH_MESSAGES = 5000;
/** What waits beside the send under way. */
const MOST_WAITING_MESSAGES = 20_000;
const MOST_WAITING_BYTES = 16_000_000;
/** Fractions of a millisecond count: the histogram keeps whole numbers exactly. */
export const TICKS_PER_MS = 1000;

interface ToSend {
  readonly message: OutgoingMessage;
  readonly bytes: number;
  readonly intendedMs: number;
}

type Waiting = ToSend | { readonly place: Place; readonly bytes: 0 };

export interface ShipperHooks {
  onSafe(place: SafePlace): void;
  onFailure(): void;
}

export function createShipper(sink: MessageSink, clock: Clock, hooks: ShipperHooks): Shipper {
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let added = 0;
  let acknowledged = 0;
  let passed = 0;
  let underWay: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const marks: { readonly behind: number; readonly position: Json }[] = [];
  let safe: SafePlace | undefined;
  const ends: Record<string, PartitionEnd> = {};
  const latenessMs = createHistogram();
  const latencyMs = createHistogram();

  const takeBatch = (): Waiting[] => {
    let bytes = 0;
    let count = 0;
    while (count < waiting.length && count < MOST_BATCH_MESSAGES) {
      bytes += waiting[count]!.bytes;
      if (bytes > MOST_BATCH_BYTES && count > 0) break;
      count++;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    for (const each of batch) waitingBytes -= each.bytes;
    return batch;
  };

  const ship = async (batch: readonly Waiting[]): Promise<void> => {
    const toSend = batch.filter((each): each is ToSend => 'message' in each);
    const sentMs = clock.nowMs();
    for (const { intendedMs } of toSend) latenessMs.record((sentMs - intendedMs) * TICKS_PER_MS);
    const sent = toSend.length === 0 ? [] : await sink.send(toSend.map(({ message }) => message));
    const doneMs = clock.nowMs();
    for (const { intendedMs } of toSend) latencyMs.record((doneMs - intendedMs) * TICKS_PER_MS);
    const safeBefore = safe;
    let next = 0;
    for (const each of batch) {
      const { partition, offset, ownBehind } = 'place' in each ? each.place : sent[next++]!;
      ends[partition] = { offset: offset + 1, own: ownBehind };
      acknowledged++;
      while (marks[0]?.behind === acknowledged)
        safe = { position: marks.shift()!.position, ends: { ...ends } };
    }
    if (safe !== undefined && safe !== safeBefore) hooks.onSafe(safe);
  };

  const kick = (): void => {
    if (underWay !== undefined || failure !== undefined || waiting.length === 0) return;
    underWay = ship(takeBatch())
      .catch((error: unknown) => {
        failure = { error };
        hooks.onFailure();
      })
      .then(() => {
        underWay = undefined;
        kick();
      });
  };
  const isFull = (): boolean => waiting.length >= MOST_WAITING_MESSAGES || waitingBytes >= MOST_WAITING_BYTES;
  const isBusy = (): boolean => underWay !== undefined;
  const throwFailure = (): void => {
    if (failure !== undefined) throw failure.error;
  };

  return {
    latenessMs,
    latencyMs,
    add: (message, intendedMs) => {
      const bytes = Buffer.byteLength(message.value) + message.key.length + 16;
      waiting.push({ message, bytes, intendedMs });
      waitingBytes += bytes;
      added++;
    },
    pass: (place) => {
      waiting.push({ place, bytes: 0 });
      added++;
      passed++;
    },
    mark: (position) => {
      if (added === acknowledged) {
        safe = { position, ends: { ...ends } };
        hooks.onSafe(safe);
      } else marks.push({ behind: added, position });
    },
    kick,
    room: async () => {
      throwFailure();
      while (isFull()) {
        kick();
        await underWay;
        throwFailure();
      }
    },
    drain: async () => {
      kick();
      while (isBusy()) await underWay;
      throwFailure();
    },
    safePlace: () => safe,
    counts: () => ({ sent: added - passed, open: added - acknowledged }),
  };
}
