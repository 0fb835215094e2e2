// Records with the text that they were read from: what a producer sends on. The reader says which lines make a record;
// the lines themselves are kept until it has.
import type { Line } from '../../core/lines.js';
import type { Read } from '../../core/record.js';
import type { RawRecord } from '../kafka/kafka-message.js';

/** Bytes of one record's text that are sent on; brokers take a little more than a million in their usual setting. */
export const MOST_RECORD_BYTES = 1_000_000;
/** Of a record that is longer; as many as the reader keeps of a line that is too long. */
const KEPT_CHARACTERS = 4096;

/** A line that was seen and is in no record yet. Plain JSON. */
export interface HeldLine {
  readonly text: string;
  readonly isTooLong: boolean;
}

export interface RawRecords {
  /** To be called for every line before it is read. */
  onLine(line: Line): void;
  /** To be called for every read, in order. @returns undefined of blank lines, and of further records of one line */
  take(read: Read): RawRecord | undefined;
  /** Lines that are in no record yet, for `createRawRecords` to go on with. */
  held(): readonly HeldLine[];
}

/** @param defaultSource of lines that are no records */
export function createRawRecords(defaultSource: string, restored: readonly HeldLine[] = []): RawRecords {
  let lines: HeldLine[] = [...restored];
  let first = 0;
  let heldCharacters = lines.reduce((sum, { text }) => sum + text.length, 0);
  return {
    onLine: ({ text, isTooLong }) => {
      // beyond the limit the record is cut anyway: its lines are still counted, but no longer kept
      const isBeyond = heldCharacters > 2 * MOST_RECORD_BYTES && lines.length > first;
      lines.push(isBeyond ? { text: '', isTooLong: true } : { text, isTooLong });
      heldCharacters += isBeyond ? 0 : text.length;
    },
    take: (read) => {
      const own = lines.slice(first, first + read.lines);
      first += read.lines;
      for (const { text } of own) heldCharacters -= text.length;
      if (first > 1024 && first * 2 > lines.length) {
        lines = lines.slice(first);
        first = 0;
      }
      if (own.length === 0 || (!read.ok && read.reason === 'blank')) return undefined;
      const source = read.ok ? read.record.source : defaultSource;
      const text = own.length === 1 ? own[0]!.text : own.map((line) => line.text).join('\n');
      const isCut = own.some(({ isTooLong }) => isTooLong) || isTooMany(text);
      return {
        source,
        text: isCut ? text.slice(0, KEPT_CHARACTERS).split('\n')[0]! : text,
        ...(read.ok ? { eventTimeMs: read.record.eventTimeMs } : {}),
        isCut,
      };
    },
    held: () => lines.slice(first),
  };
}

/** A UTF-16 unit takes three bytes at most: short texts need no counting. */
function isTooMany(text: string): boolean {
  return text.length * 3 > MOST_RECORD_BYTES && Buffer.byteLength(text) > MOST_RECORD_BYTES;
}
