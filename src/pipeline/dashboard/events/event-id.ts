// Where a page stands in the stream of events, as the text that its browser sends back after a break.
import type { Cursor } from '../reader.js';

const PATTERN = /^\d{1,16}(-\d{1,16}){4}$/;

export interface EventPosition {
  readonly cursor: Cursor;
  /** How many were told. */
  readonly markers: number;
  /** When the page was last told everything, ms: silences begin and end with time alone. */
  readonly atMs: number;
}

export function encodeEventId({ cursor, markers, atMs }: EventPosition): string {
  return [cursor.alertSequence, cursor.noteSequence, cursor.windowSequence, markers, atMs].join('-');
}

/** Undefined for whatever is none of ours: the page then begins anew. */
export function decodeEventId(text: string): EventPosition | undefined {
  if (!PATTERN.test(text)) return undefined;
  const parts = text.split('-').map(Number);
  if (!parts.every(Number.isSafeInteger)) return undefined;
  const [alertSequence, noteSequence, windowSequence, markers, atMs] = parts as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { cursor: { alertSequence, noteSequence, windowSequence }, markers, atMs };
}
