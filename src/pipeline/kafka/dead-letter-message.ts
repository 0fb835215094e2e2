// Poison as a message of its own: the bytes, the key and the headers that it came with, and headers that say where it came
// from and why it could not be read. The origin tells doubles of a crash apart from messages that are alike.
import type { PoisonMessage } from '../ports.js';

/** What a dead letter's own headers begin with; `replays` alone stays on what is put back. */
const PREFIX = 'loghorn.dlq.';
/** How often a message was put back into its topic: a message that comes here again and again shows by it. */
export const REPLAYS_HEADER = `${PREFIX}replays`;

/** A bit less than the topic for them takes. */
const MOST_VALUE_BYTES = 3 * 2 ** 20;
export const DEAD_LETTER_MAX_BYTES = 4 * 2 ** 20;

/** As client libraries take it. */
export interface DeadLetterMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, HeaderValue>>;
}

export type HeaderValue = Buffer | string | (Buffer | string)[];

/** Where a dead letter came from. */
export interface DeadLetterOrigin {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** As the broker had it, ms since epoch. */
  readonly timestampMs: number;
  readonly reason: string;
  /** How often it had been put back before. */
  readonly replays: number;
  /** Bytes that it had when it was too large to be kept whole; undefined when it was. */
  readonly wholeBytes?: number;
}

export function deadLetterTopicOf(topic: string, groupId: string): string {
  return `${topic}.${groupId}.dlq`;
}

export function encodeDeadLetter({ reason, message }: PoisonMessage): DeadLetterMessage {
  const { topic, partition, offset, timestampMs, key, value, headers } = message;
  const isCut = value !== null && value.length > MOST_VALUE_BYTES;
  const kept = isCut ? value.subarray(0, MOST_VALUE_BYTES) : value;
  return {
    key: key && Buffer.from(key),
    value: kept && Buffer.from(kept),
    headers: {
      ...(headers as Record<string, HeaderValue>),
      [`${PREFIX}topic`]: topic,
      [`${PREFIX}partition`]: String(partition),
      [`${PREFIX}offset`]: String(offset),
      [`${PREFIX}timestamp`]: String(timestampMs),
      [`${PREFIX}reason`]: reason,
      ...(isCut ? { [`${PREFIX}whole-bytes`]: String(value.length) } : {}),
    },
  };
}

/** @returns undefined for a message that is no dead letter */
export function originOf(headers: Readonly<Record<string, unknown>> = {}): DeadLetterOrigin | undefined {
  const text = (name: string): string | undefined => {
    const value = headers[`${PREFIX}${name}`];
    if (Buffer.isBuffer(value)) return value.toString('utf8');
    return typeof value === 'string' ? value : undefined;
  };
  const [topic, partition, offset] = [text('topic'), text('partition'), text('offset')];
  if (topic === undefined || partition === undefined || offset === undefined) return undefined;
  const wholeBytes = text('whole-bytes');
  return {
    topic,
    partition: Number(partition),
    offset: Number(offset),
    timestampMs: Number(text('timestamp')),
    reason: text('reason') ?? '',
    replays: Number(text('replays') ?? 0),
    ...(wholeBytes === undefined ? {} : { wholeBytes: Number(wholeBytes) }),
  };
}

/** The headers that a message has when it is put back: its own, and how often that was done. */
export function replayHeaders(
  headers: Readonly<Record<string, unknown>>,
  origin: DeadLetterOrigin,
): Record<string, HeaderValue> {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(PREFIX));
  return {
    ...(Object.fromEntries(own) as Record<string, HeaderValue>),
    [REPLAYS_HEADER]: String(origin.replays + 1),
  };
}
