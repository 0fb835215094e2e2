// Lines of one known format to records, with stack traces joined. A record is given out once the next line that does
// not belong to it comes. Every line pushed is in exactly one of the reads that come out.
import type { Line } from '../lines.js';
import type { LogRecord, Read, RejectReason } from '../record.js';
import { continueTrace, isHeadless } from './continuation.js';
import type { LineFormat, ParseContext, ParsedLine } from './format.js';
import { closeRecord, joinLine, type OpenRecord, type OpenState } from './open-record.js';

export type Emit = (read: Read) => void;

export interface LineJoiner {
  push(line: Line, emit: Emit): void;
  /** Gives out the record that may still grow, and blank lines behind it. */
  close(emit: Emit): void;
  snapshot(): JoinerState;
}

/** Plain JSON. */
export interface JoinerState {
  readonly open: OpenState | null;
  /** Blank lines behind the open record: they join it if the line behind them does. */
  readonly blanks: { readonly line: number; readonly lines: number };
}

const NO_BLANKS = { line: 0, lines: 0 };
const RAW_CHARACTERS = 4096;

export function createLineJoiner(
  format: LineFormat,
  context: ParseContext,
  restored?: JoinerState,
): LineJoiner {
  let blanks = restored?.blanks ?? NO_BLANKS;
  let open: OpenRecord | undefined = restored?.open ? reopen(restored.open, format) : undefined;

  const close = (emit: Emit): void => {
    if (open !== undefined) emit(closeRecord(open));
    open = undefined;
    if (blanks.lines > 0)
      emit({ ok: false, reason: 'blank', line: blanks.line, lines: blanks.lines, raw: '' });
    blanks = NO_BLANKS;
  };

  const begin = (record: LogRecord, line: Line, lines: number): OpenRecord => {
    const state: OpenState = {
      head: line.text,
      line: line.number,
      lines,
      joined: '',
      joinedLines: 0,
      cutLines: 0,
      trace: '',
      isCut: false,
    };
    context.nearMs = record.eventTimeMs;
    return (open = { record, state });
  };

  const join = (to: OpenRecord, text: string): void => {
    for (let i = 0; i < blanks.lines; i++) joinLine(to, '');
    blanks = NO_BLANKS;
    joinLine(to, text);
  };

  /** @returns whether the text went to the record before it, as a part of a stack trace */
  const joinTrace = (text: string): boolean => {
    if (open === undefined) return false;
    const trace = continueTrace(text, open.state.trace);
    if (trace === undefined) return false;
    open.state.trace = trace;
    join(open, text);
    return true;
  };

  const addBlank = (line: Line, emit: Emit): void => {
    if (open === undefined) emit(rejected('blank', line));
    else blanks = { line: blanks.lines === 0 ? line.number : blanks.line, lines: blanks.lines + 1 };
  };

  const addUnread = (reason: RejectReason, line: Line, emit: Emit): void => {
    if (reason === 'blank') return addBlank(line, emit);
    const hasNoHead = isHeadless(reason);
    if (hasNoHead && joinTrace(line.text)) return undefined;
    if (open !== undefined && reason === format.joinsOn) {
      open.state.trace = '';
      return join(open, line.text);
    }
    const isOrphan = hasNoHead && open === undefined && continueTrace(line.text, '') !== undefined;
    close(emit);
    return emit(rejected(isOrphan ? 'orphan-continuation' : reason, line));
  };

  const addList = (list: readonly (LogRecord | RejectReason)[], line: Line, emit: Emit): void => {
    list.forEach((each, index) => {
      close(emit);
      // the line is counted once, with the first of its records
      const lines = index === 0 ? 1 : 0;
      if (typeof each === 'string') emit({ ...rejected(each, line), lines });
      else begin(each, line, lines);
    });
  };

  return {
    push: (line, emit) => {
      if (line.isTooLong) {
        close(emit);
        return emit(rejected('line-too-long', line));
      }
      if (isBlank(line.text)) return addBlank(line, emit);
      const parsed = format.parse(line.text);
      if (typeof parsed === 'string') return addUnread(parsed, line, emit);
      if (isList(parsed)) return addList(parsed, line, emit);
      if (!('inner' in parsed)) {
        close(emit);
        begin(parsed, line, 1);
      } else if (open?.state.isCut === true) {
        join(open, parsed.inner);
        open.state.isCut = parsed.isCut;
      } else if (!joinTrace(parsed.inner)) {
        close(emit);
        begin(parsed.record, line, 1).state.isCut = parsed.isCut;
      }
      return undefined;
    },
    close,
    snapshot: () => ({ open: open === undefined ? null : { ...open.state }, blanks }),
  };
}

/** Reads the head again. A date without a year comes out the same, as the record's own time is the nearest it knows. */
function reopen(state: OpenState, format: LineFormat): OpenRecord | undefined {
  const parsed = format.parse(state.head);
  const last = isList(parsed) ? parsed.at(-1) : parsed;
  if (last === undefined || typeof last === 'string') return undefined;
  return { record: 'inner' in last ? last.record : last, state: { ...state } };
}

export function rejected(reason: RejectReason, line: Line): Read & { ok: false } {
  return { ok: false, reason, line: line.number, lines: 1, raw: line.text.slice(0, RAW_CHARACTERS) };
}

export function isBlank(text: string): boolean {
  // nearly every line begins with something: then there is no copy to make
  return !(text.charCodeAt(0) > 32) && text.trim() === '';
}

function isList(parsed: ParsedLine): parsed is readonly (LogRecord | RejectReason)[] {
  return Array.isArray(parsed);
}
