// What an earlier run had sent and could not note down before it was killed: found in the topic by the mark on its
// appends, and left out when the same records are read again. So each of them is there once.
import { BATCH_HEADER, type IncomingMessage, type RawRecord, sourceOfMessage } from './kafka-message.js';
import type { Arrived } from './produce.js';

export interface ArrivedRecords extends Arrived {
  /** Those that were not met again: the input was cut into records another way, and they may be there twice. */
  left(): number;
}

/**
 * @param perPartition messages of each partition, from where the earlier run had noted down, in order; those of others
 *   may lie between
 */
export function createArrivedRecords(
  perPartition: Iterable<readonly IncomingMessage[]>,
  producerId: string,
): ArrivedRecords {
  // by source, since a source has its order and the input has none beyond
  const waiting = new Map<string, string[]>();
  let left = 0;
  for (const messages of perPartition)
    for (const message of ownMessages(messages, producerId)) {
      const source = sourceOfMessage(message) ?? '';
      const texts = waiting.get(source) ?? [];
      texts.push(Buffer.from(message.value ?? []).toString('utf8'));
      waiting.set(source, texts);
      left++;
    }
  return {
    left: () => left,
    take: ({ source, text }: RawRecord) => {
      const texts = waiting.get(source);
      if (texts === undefined || texts[0] !== text) return false;
      texts.shift();
      left--;
      return true;
    },
  };
}

/** The first message of an append says whose it is and how many belong to it. */
function* ownMessages(messages: readonly IncomingMessage[], producerId: string): Generator<IncomingMessage> {
  let own = 0;
  for (const message of messages) {
    const mark = message.headers?.[BATCH_HEADER];
    if (mark instanceof Uint8Array) {
      const [id, count] = Buffer.from(mark).toString('utf8').split(' ');
      own = id === producerId ? Number(count) : 0;
    }
    if (own > 0) yield message;
    own--;
  }
}
