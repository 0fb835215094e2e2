// The contract between producer and consumer: what one Kafka message holds and how it is read back.
// Pure, and free of any client library: both sides, their tests and other people's shippers follow this file.
//
// - One message is one record: all raw lines of it, joined with `\n`, as UTF-8 (invalid bytes are U+FFFD, as in files).
//   A stack trace therefore never spans messages, and a record never waits for the next one to be known as whole.
// - The key is the source (`service.name`), so that a source's records stay in order in one partition. Of a line that is
//   no record it is the source of the input, so that it is dead-lettered by the consumer and not lost on the way.
//   A line with records of several sources (an OTLP export) goes by its first.
// - Event time is in the text. The message's timestamp repeats it for topics with CreateTime; LogAppendTime replaces it.
// - Ordinary messages have no headers, which would halve the rate at which they are read. `loghorn.cut` marks a line
//   beyond the limit of which only the beginning was sent; `loghorn.batch` stands on the first message of what a
//   producer appended to a partition in one go, and lets it find again, after a crash, what had arrived.
import { createLineSplitter, type Line } from '../../core/lines.js';
import type { Emit } from '../../core/format/join-lines.js';
import type { RecordReader } from '../../core/format/reader.js';

export const CUT_HEADER = 'loghorn.cut';
export const BATCH_HEADER = 'loghorn.batch';

/** A record on its way out, as it was written. */
export interface RawRecord {
  /** Never empty. */
  readonly source: string;
  /** Its raw lines, joined with `\n`. */
  readonly text: string;
  /** Undefined of what is no record. */
  readonly eventTimeMs?: number;
  /** `text` is only the beginning of a line that was too long. */
  readonly isCut: boolean;
}

/** As client libraries take it. */
export interface OutgoingMessage {
  readonly key: string;
  readonly value: string;
  /** ms since epoch as text. */
  readonly timestamp?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As client libraries give it. */
export interface IncomingMessage {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}

/** @param nowMs brokers refuse timestamps far ahead of their clock: a record from the future gets this one */
export function encodeMessage(
  { source, text, eventTimeMs, isCut }: RawRecord,
  nowMs: number,
): OutgoingMessage {
  const timeMs = eventTimeMs !== undefined && eventTimeMs < nowMs ? Math.max(0, eventTimeMs) : nowMs;
  const message = { key: source, value: text, timestamp: String(Math.floor(timeMs)) };
  return isCut ? { ...message, headers: { [CUT_HEADER]: '1' } } : message;
}

/** The source that the key names; undefined where another program left it out. */
export function sourceOfMessage({ key }: IncomingMessage): string | undefined {
  return key === null || key.length === 0 ? undefined : bytesOf(key).toString('utf8');
}

/**
 * Reads one message whole: nothing stays open in the reader behind it. The reader must know its format, since a look at
 * one message decides little; its `defaultSource` is the message's source.
 *
 * @param number of the message's first line, for the reads; its other lines count on from there
 */
export function readMessage(
  reader: RecordReader,
  message: IncomingMessage,
  number: number,
  emit: Emit,
): void {
  for (const line of linesOfMessage(message, number)) reader.push(line, emit);
  reader.flush(emit);
}

/** At least one line: a message without a value is a blank one. */
export function linesOfMessage(message: IncomingMessage, number: number): readonly Line[] {
  const bytes = bytesOf(message.value ?? new Uint8Array());
  const isTooLong = message.headers?.[CUT_HEADER] !== undefined;
  if (!isTooLong && isOnePlainLine(bytes))
    return [{ text: bytes.toString('utf8'), number, endOffsetBytes: 0, isTooLong: false }];
  const lines: Line[] = [];
  // the same cutting as of a file: line breaks and lines beyond the limit come out the same; not the first line of it,
  // since only a file begins with a byte order mark
  const splitter = createLineSplitter({ from: { lines: 1, offsetBytes: 0 } });
  const add = ({ text, number: index, isTooLong: isLong }: Line): void => {
    lines.push({ text, number: number + index - 2, endOffsetBytes: 0, isTooLong: isLong || isTooLong });
  };
  splitter.push(bytes, add);
  splitter.end(add);
  return lines.length > 0 ? lines : [{ text: '', number, endOffsetBytes: 0, isTooLong }];
}

/** Most messages are: they need no cutting. */
function isOnePlainLine(bytes: Buffer): boolean {
  return bytes.length <= PLAIN_LINE_BYTES && !bytes.includes(NEWLINE) && bytes.at(-1) !== CARRIAGE_RETURN;
}

/** Well below what a line may have. */
const PLAIN_LINE_BYTES = 65_536;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

function bytesOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
