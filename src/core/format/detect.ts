// Which format an input has, found by looking at its first lines: every format tries to read them, the one that reads
// most wins, if that is enough. What was tried can be told, so that a person whose format is not known sees why.
import type { RejectReason } from '../record.js';
import { continueTrace } from './continuation.js';
import type { FormatName, LineFormat } from './format.js';

/** What came of looking. */
export interface Look {
  /** Lines that say something: not blank, and not the inside of a stack trace. */
  readonly lines: number;
  /** In order of preference. */
  readonly tried: readonly Attempt[];
  /** The first of the lines, cut to 200 characters. */
  readonly firstLine: string;
}

export interface Attempt {
  readonly format: FormatName;
  readonly linesRead: number;
  /** Lines from the first one that it read on: a banner is no sign against a format. */
  readonly linesSinceFirst: number;
  /** Whether what it does not read is set aside, and not taken for a part of the record before. */
  readonly setsAside: boolean;
  /** Why most of the other lines were not read; undefined when all were. */
  readonly usualReason?: RejectReason;
}

/**
 * Tries every format on every line.
 *
 * @param formats in order of preference: the strictest first, since the first wins a tie
 */
export function lookAtLines(lines: readonly string[], formats: readonly LineFormat[]): Look {
  let trace: '' | 'python' | 'go' = '';
  const telling = lines.filter((text) => {
    const next = text.trim() === '' ? trace : continueTrace(text, trace);
    trace = next ?? '';
    return next === undefined;
  });
  return {
    lines: telling.length,
    tried: formats.map((format) => attempt(format, telling)),
    firstLine: (telling[0] ?? '').slice(0, 200),
  };
}

function attempt(format: LineFormat, lines: readonly string[]): Attempt {
  const counts = new Map<RejectReason, number>();
  let linesRead = 0;
  let linesSinceFirst = 0;
  for (const line of lines) {
    const parsed = format.parse(line);
    if (typeof parsed === 'string') counts.set(parsed, (counts.get(parsed) ?? 0) + 1);
    else linesRead++;
    if (linesRead > 0) linesSinceFirst++;
  }
  const [usual] = [...counts].sort((a, b) => b[1] - a[1]);
  return {
    format: format.name,
    linesRead,
    linesSinceFirst,
    setsAside: format.joinsOn === undefined,
    ...(usual === undefined ? {} : { usualReason: usual[0] }),
  };
}

/** Lines that a format must read before what came before them counts for a banner: at the last look, and earlier. */
const ENOUGH_AT_LAST = 3;
const ENOUGH = 10;

/**
 * The format that reads most lines, if it is at least half of them, or half of those behind a banner; of several that
 * read as many, the first tried. At the last look a tenth is enough for a format that swallows nothing: the other lines
 * are set aside one by one, as they would be without any format.
 *
 * @param isLast whether there is no more to look at
 */
export function chooseFormat(look: Look, isLast: boolean): FormatName | 'unknown' {
  const readers = look.tried.filter(({ linesRead }) => linesRead > 0);
  // a stable sort: of equals the first stays the first
  readers.sort((a, b) => b.linesRead - a.linesRead);
  const enough = isLast ? ENOUGH_AT_LAST : ENOUGH;
  const found =
    readers.find(
      ({ linesRead, linesSinceFirst }) =>
        linesRead * 2 >= look.lines || (linesRead >= enough && linesRead * 2 >= linesSinceFirst),
    ) ??
    readers.find(
      ({ linesRead, setsAside }) =>
        isLast && setsAside && linesRead >= ENOUGH_AT_LAST && linesRead * 10 >= look.lines,
    );
  return found?.format ?? 'unknown';
}

/** For a person whose format was not found: what was tried, on what, and what to do. */
export function describeLook(look: Look): string {
  const tried = look.tried.map(({ format, linesRead, usualReason }) =>
    usualReason === undefined
      ? `${format} read ${linesRead}`
      : `${format} read ${linesRead} (${usualReason})`,
  );
  return (
    `no known format reads half of the first ${look.lines} lines: ${tried.join(', ')}. ` +
    `The first of them is: ${JSON.stringify(look.firstLine)}. ` +
    `Name the format, give a pattern such as '<Date> <Time> <Level> <Content>', or read each line as a message.`
  );
}
