// Lines to records: finds the format by looking at the first lines, then reads each line by it, with stack traces
// joined. Nothing is lost: the `lines` of all that is given out add up to the lines put in.
import type { Line } from '../lines.js';
import type { RejectReason } from '../record.js';
import { createFormat, FORMAT_NAMES, FOUND_BY_LOOKING } from './create-format.js';
import { chooseFormat, lookAtLines, type Look } from './detect.js';
import type { FormatName, LineFormat, ParseContext } from './format.js';
import { withGuestLines } from './guest-lines.js';
import {
  createLineJoiner,
  isBlank,
  rejected,
  type Emit,
  type JoinerState,
  type LineJoiner,
} from './join-lines.js';

export type { FormatName } from './format.js';

export interface ReaderOptions {
  /** Instead of looking. */
  readonly format?: FormatName | undefined;
  /** Loghub style, `<Date> <Time> <Level> <Component>: <Content>`: the format is then `pattern`. */
  readonly pattern?: string | undefined;
  /** strptime style, for the pattern's time fields joined by blanks. */
  readonly timeFormat?: string | undefined;
  /** Minutes east of Greenwich of times that name no zone. Default 0, UTC. */
  readonly zoneOffsetMinutes?: number | undefined;
  /** Year of the first date that has none; each later one takes the year nearest to the record before. Default 1970. */
  readonly referenceYear?: number | undefined;
  /** Source of records that name none, for example the file's name. */
  readonly defaultSource: string;
}

export interface RecordReader {
  /** Calls back for what is now complete: a record is, once a line comes that does not belong to it. */
  push(line: Line, emit: Emit): void;
  /** Idle or end of input: decides the format if it is still open, and gives out the record that may still grow. */
  flush(emit: Emit): void;
  /** Undefined until enough lines were seen; `unknown` while looking found none (it goes on with later lines). */
  format(): FormatName | 'unknown' | undefined;
  /** What the last look found, for `describeLook`; undefined when the format was given or was not looked for yet. */
  look(): Look | undefined;
  /** Plain JSON, from which `createRecordReader` goes on with the same options. */
  snapshot(): ReaderState;
}

export interface ReaderState {
  readonly format: FormatName | 'unknown' | null;
  /** Lines held back until the format is decided. */
  readonly held: readonly Line[];
  readonly joiner: JoinerState | null;
  /** Time of the last record, for dates without a year. */
  readonly nearMs: number | null;
}

/** Each time so many more lines that are not blank have come there is a look at all of them. */
const LOOK_LINES = 100;
/** The last look is at this many lines of any kind, or this many characters. */
const HELD_LINES = 1000;
const HELD_CHARACTERS = 1_048_576;

/**
 * The format is the one that reads most of the first 100 lines, at least half of them; where none does, of the first 200
 * and so on to 1,000, less what looks like a banner (see `chooseFormat`). Of several that read as many it is the first of json, cri, syslog, text, access, logfmt. A line that a strict format reads whole is a record wherever it
 * stands (see `withGuestLines`). A line that is no record joins the record before it when it is indented
 * or looks like part of a stack trace, and in syslog, text and pattern always. Blank lines join when a line behind them
 * does. All else is set aside with its reason, and ends the record before it.
 *
 * Of several records in one line (an OTLP export) the first has `lines: 1`, the others 0.
 *
 * @throws RangeError on options that contradict each other, and on a pattern or time format that cannot be used
 */
export function createRecordReader(options: ReaderOptions, restored?: ReaderState): RecordReader {
  checkOptions(options);
  const context: ParseContext = {
    zoneOffsetMinutes: options.zoneOffsetMinutes ?? 0,
    referenceYear: options.referenceYear ?? 1970,
    defaultSource: options.defaultSource,
    nearMs: restored?.nearMs ?? undefined,
  };
  const formatOf = (name: FormatName): LineFormat => createFormat(name, options, context);
  const joinerOf = (name: FormatName, state?: JoinerState): LineJoiner =>
    createLineJoiner(withGuestLines(formatOf(name), context), context, state);

  let format =
    options.format ?? (options.pattern === undefined ? (restored?.format ?? undefined) : 'pattern');
  let joiner: LineJoiner | undefined;
  if (format !== undefined && format !== 'unknown') {
    joiner = joinerOf(format, restored?.joiner ?? undefined);
  }
  const held: Line[] = [...(restored?.held ?? [])];
  let look: Look | undefined;

  /** @param isLast whether the lines held have to do */
  const decide = (isLast: boolean, emit: Emit): void => {
    look = lookAtLines(
      held.filter((line) => !line.isTooLong).map((line) => line.text),
      FOUND_BY_LOOKING.map(formatOf),
    );
    const found = chooseFormat(look, isLast);
    if (found === 'unknown' && !isLast) return;
    format = found;
    const lines = held.splice(0);
    if (found === 'unknown') {
      const json = formatOf('json');
      for (const line of lines) emit(rejected(whyUnread(line, json), line));
      return;
    }
    joiner = joinerOf(found);
    for (const line of lines) joiner.push(line, emit);
  };

  const hold = (line: Line, emit: Emit): void => {
    // blank lines before anything else can wait for nothing
    if (held.length === 0 && isBlank(line.text)) return emit(rejected('blank', line));
    held.push(line);
    if (isFull(held)) return decide(true, emit);
    return isTimeToLook(held) ? decide(false, emit) : undefined;
  };

  return {
    push: (line, emit) => (joiner === undefined ? hold(line, emit) : joiner.push(line, emit)),
    flush: (emit) => {
      if (held.length > 0) decide(true, emit);
      joiner?.close(emit);
    },
    format: () => format,
    look: () => look,
    snapshot: () => ({
      format: format ?? null,
      held: [...held],
      joiner: joiner?.snapshot() ?? null,
      nearMs: context.nearMs ?? null,
    }),
  };
}

function checkOptions(options: ReaderOptions): void {
  const { format, pattern, timeFormat, zoneOffsetMinutes = 0, defaultSource } = options;
  if (format !== undefined && !FORMAT_NAMES.includes(format)) {
    throw new RangeError(`format '${format as string}' is not known: use one of ${FORMAT_NAMES.join(', ')}`);
  }
  if (pattern !== undefined && format !== undefined && format !== 'pattern') {
    throw new RangeError(`a pattern was given together with the format '${format}': leave one of them out`);
  }
  if (timeFormat !== undefined && pattern === undefined) {
    throw new RangeError(
      `the time format "${timeFormat}" goes with a pattern, such as '<Date> <Time> <Content>': add one`,
    );
  }
  if (!(Math.abs(zoneOffsetMinutes) <= 1440)) {
    throw new RangeError(`zone offset must be minutes between -1440 and 1440, got ${zoneOffsetMinutes}`);
  }
  if (defaultSource === '') throw new RangeError('default source must be a name, got an empty text');
}

function isFull(held: readonly Line[]): boolean {
  return held.length >= HELD_LINES || held.reduce((sum, { text }) => sum + text.length, 0) >= HELD_CHARACTERS;
}

function isTimeToLook(held: readonly Line[]): boolean {
  const last = held.at(-1);
  if (last === undefined || isBlank(last.text)) return false;
  return held.filter(({ text }) => !isBlank(text)).length % LOOK_LINES === 0;
}

/** What is wrong with a line when no format is known: JSON is recognisable even so. */
function whyUnread(line: Line, json: LineFormat): RejectReason {
  if (line.isTooLong) return 'line-too-long';
  if (isBlank(line.text)) return 'blank';
  const parsed = line.text.startsWith('{') ? json.parse(line.text) : undefined;
  return typeof parsed === 'string' ? parsed : 'no-pattern-match';
}
