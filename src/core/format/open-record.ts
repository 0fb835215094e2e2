// The record that may still grow: its head was read, continuation lines join it until another head comes.
// Bounded: what goes beyond the limits is counted, and cut from the body with a mark.
import type { LogRecord, Read } from '../record.js';
import type { Trace } from './continuation.js';

/** Lines and characters that continuation lines may take up in a body; the head is as long as it is. */
export const MOST_JOINED_LINES = 1000;
export const MOST_BODY_CHARACTERS = 65_536;

/** Without the record: it is read again from its head, so that a snapshot is plain text whatever the record holds. */
export interface OpenState {
  /** The line that the record was read from. */
  head: string;
  line: number;
  lines: number;
  /** Continuation lines, each behind its line break. */
  joined: string;
  joinedLines: number;
  cutLines: number;
  trace: Trace;
  /** A container runtime cut the last line: the next piece follows without a line break. */
  isCut: boolean;
}

export interface OpenRecord {
  readonly record: LogRecord;
  readonly state: OpenState;
}

export function joinLine(open: OpenRecord, text: string): void {
  const { state } = open;
  const between = state.isCut ? '' : '\n';
  state.lines++;
  const length = open.record.body.length + state.joined.length + between.length + text.length;
  // once a line was cut all that follow are, so that the mark stands where the gap is
  if (state.cutLines === 0 && state.joinedLines < MOST_JOINED_LINES && length <= MOST_BODY_CHARACTERS) {
    state.joined += between + text;
    state.joinedLines++;
  } else {
    state.cutLines++;
  }
}

export function closeRecord({ record, state }: OpenRecord): Read {
  const { line, lines } = state;
  if (state.joined === '' && state.cutLines === 0) return { ok: true, record, line, lines };
  const mark = state.cutLines === 0 ? '' : `\n[… ${state.cutLines} more lines]`;
  return { ok: true, record: { ...record, body: record.body + state.joined + mark }, line, lines };
}
