// What an earlier run had sent and could not note down before it was killed: found in the topic by the mark on its
// appends, and left out when the same records are read again. So each of them is there once.
import {
  BATCH_HEADER,
  type IncomingMessage,
  type RawRecord,
  sourceOfMessage,
} from '../kafka/kafka-message.js';
import type { Arrived } from './produce.js';
import type { Place } from './shipper.js';

export interface ArrivedRecords extends Arrived {
  /** Those that were not met again: the input was cut into records another way, and they may be there twice. */
  left(): number;
}

/** A message with the offset that it has. */
export interface PlacedMessage extends IncomingMessage {
  /** As client libraries give it. */
  readonly offset: string;
}

/**
 * @param perPartition messages of each partition, from where the earlier run had noted down, in order; those of others
 *   may lie between
 * @param own how many messages of each partition are the rest of an append of ours whose mark lies before them
 */
export function createArrivedRecords(
  perPartition: ReadonlyMap<number, readonly PlacedMessage[]>,
  producerId: string,
  own: ReadonlyMap<number, number>,
): ArrivedRecords {
  // by source, since a source has its order and the input has none beyond
  const waiting = new Map<string, { readonly text: string; readonly place: Place }[]>();
  let left = 0;
  for (const [partition, messages] of perPartition)
    for (const { message, ownBehind } of ownMessages(messages, producerId, own.get(partition) ?? 0)) {
      const source = sourceOfMessage(message) ?? '';
      const known = waiting.get(source) ?? [];
      const text = Buffer.from(message.value ?? []).toString('utf8');
      known.push({ text, place: { partition, offset: Number(message.offset), ownBehind } });
      waiting.set(source, known);
      left++;
    }
  // first places in the lists: to shift them would be slow
  const next = new Map<string, number>();
  return {
    left: () => left,
    take: ({ source, text }: RawRecord) => {
      const at = next.get(source) ?? 0;
      const candidate = waiting.get(source)?.[at];
      if (candidate === undefined || candidate.text !== text) return undefined;
      next.set(source, at + 1);
      left--;
      return candidate.place;
    },
  };
}

/** The first message of an append says whose it is and how many belong to it. */
function* ownMessages(
  messages: readonly PlacedMessage[],
  producerId: string,
  ownAtStart: number,
): Generator<{ readonly message: PlacedMessage; readonly ownBehind: number }> {
  let own = ownAtStart;
  for (const message of messages) {
    const mark = message.headers?.[BATCH_HEADER];
    if (mark instanceof Uint8Array) {
      const [id, count] = Buffer.from(mark).toString('utf8').split(' ');
      own = id === producerId ? Number(count) : 0;
    }
    if (own <= 0) continue;
    own--;
    yield { message, ownBehind: own };
  }
}
