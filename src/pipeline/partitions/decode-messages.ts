// Messages to reads, each by itself: nothing waits for a later message, so that the offset behind one is always a place
// to go on from. The format is the artifact's; where that was left open, each key finds its own, as each file would.
import type { InputOptions } from '../../core/artifact.js';
import { CANARY_SOURCE } from '../../core/canary/canary-source.js';
import type { FormatName } from '../../core/format/format.js';
import { createRecordReader, type ReaderOptions, type RecordReader } from '../../core/format/reader.js';
import type { Read } from '../../core/record.js';
import { readMessage, sourceOfMessage } from '../kafka/kafka-message.js';
import type { PartitionMessage } from './partition-group.js';

/** Plain JSON, by key: what was found out about the format of its messages. */
export type FormatMemory = Readonly<Record<string, KeyMemory>>;

export interface KeyMemory {
  /** Undefined while it looks: each message is then read by whatever format reads it. */
  readonly format?: FormatName;
  /** Messages that each format read so far. */
  readonly votes?: Readonly<Partial<Record<FormatName, number>>>;
  /** Time of the last record, for dates without a year. */
  readonly nearMs: number | null;
}

export interface MessageDecoder {
  /** @param messageIndices gets, for each read, the index of its message */
  decode(messages: readonly PartitionMessage[], reads: Read[], messageIndices: number[]): void;
  /** Undefined when there is nothing to remember. */
  memory(): FormatMemory | undefined;
}

export interface DecoderOptions {
  readonly input: InputOptions;
  /** Source of records that name none. @param key of the message, undefined where it has none */
  readonly defaultSourceOf: (key: string | undefined) => string;
  /** Whether messages with the canary's key are the canary's: NDJSON, whatever the others are. */
  readonly hasCanary?: boolean | undefined;
}

/** The format that read most of so many messages stays. */
const LOOK_MESSAGES = 100;
/** Keys beyond so many are no names of services: their records go by what they say themselves, or by the topic. */
const MOST_KEYS = 1000;
/** Formats whose dates may lack a year. */
const MAY_LACK_YEAR: ReadonlySet<string> = new Set(['syslog', 'text', 'pattern']);

interface KeySlot {
  /** Of records that name none. */
  readonly source: string;
  memory: KeyMemory;
  /** Once the format is known. */
  reader: RecordReader | undefined;
}

/** @param restored of an earlier run */
export function createMessageDecoder(
  { input, defaultSourceOf, hasCanary = false }: DecoderOptions,
  restored?: FormatMemory,
): MessageDecoder {
  const given = (input.pattern === undefined ? input.format : 'pattern') as FormatName | undefined;
  const options = input as Partial<ReaderOptions>;
  const slots = new Map<string, KeySlot>();
  const addSlot = (key: string, memory: KeyMemory): KeySlot => {
    const source = defaultSourceOf(key === '' ? undefined : key);
    const slot: KeySlot = { source, memory, reader: undefined };
    slots.set(key, slot);
    return slot;
  };
  for (const [key, memory] of Object.entries(restored ?? {})) addSlot(key, memory);

  const canaryReader = createRecordReader({ format: 'json', defaultSource: CANARY_SOURCE });
  const openReader = ({ source, memory }: KeySlot, message: PartitionMessage): RecordReader => {
    const { format, nearMs } = memory;
    return createRecordReader(
      {
        ...options,
        ...(format === undefined || format === 'pattern' ? {} : { format }),
        defaultSource: source,
        referenceYear: new Date(Number(message.timestamp)).getUTCFullYear(),
      },
      { format: format ?? null, held: [], joiner: null, nearMs },
    );
  };

  const slotOf = (key: string): KeySlot => {
    const known = slots.get(key);
    if (known !== undefined) return known;
    if (slots.size >= MOST_KEYS && key !== '') return slotOf('');
    return addSlot(key, { ...(given === undefined ? {} : { format: given }), nearMs: null });
  };

  /** What this message says about the format of the next ones. */
  const learn = (slot: KeySlot, reader: RecordReader): void => {
    const { memory } = slot;
    const format = reader.format();
    if (format === undefined || format === 'unknown') return;
    const nearMs = MAY_LACK_YEAR.has(format) ? reader.snapshot().nearMs : null;
    if (memory.format !== undefined) {
      slot.memory = { ...memory, nearMs };
      return;
    }
    const votes = { ...memory.votes, [format]: (memory.votes?.[format] ?? 0) + 1 };
    const cast = Object.values(votes).reduce((sum, each) => sum + each, 0);
    const [most] = Object.entries(votes).sort(([, a], [, b]) => b - a)[0]!;
    slot.memory = cast < LOOK_MESSAGES ? { votes, nearMs } : { format: most as FormatName, nearMs };
  };

  return {
    decode: (messages, reads, messageIndices) => {
      let messageIndex = 0;
      const emit = (read: Read): void => {
        reads.push(read);
        messageIndices.push(messageIndex);
      };
      for (const message of messages) {
        const key = sourceOfMessage(message) ?? '';
        if (hasCanary && key === CANARY_SOURCE) {
          readMessage(canaryReader, message, Number(message.offset), emit);
          messageIndex++;
          continue;
        }
        const slot = slotOf(key);
        const { reader = openReader(slot, message) } = slot;
        if (slot.memory.format !== undefined) slot.reader = reader;
        readMessage(reader, message, Number(message.offset), emit);
        if (slot.memory.format === undefined || MAY_LACK_YEAR.has(slot.memory.format)) learn(slot, reader);
        messageIndex++;
      }
    },
    memory: () => {
      const kept = [...slots].filter(
        ([, { memory }]) => memory.nearMs !== null || (given === undefined && hasLearned(memory)),
      );
      return kept.length === 0
        ? undefined
        : Object.fromEntries(kept.map(([key, { memory }]) => [key, memory]));
    },
  };
}

function hasLearned({ format, votes }: KeyMemory): boolean {
  return format !== undefined || votes !== undefined;
}
