// Plain text that begins with a time: the usual layouts of log4j, logback, Spring Boot, Python logging, Go, klog, nginx,
// Apache, PostgreSQL, MySQL, Android, Hadoop. After the time a few header words are looked at for a level, then for
// [thread] and logger; what is not surely header stays in the message. The source is always the default.
import type { LogRecord, RejectReason } from '../record.js';
import { severityFromText } from '../severity.js';
import { parseTimestamp } from '../timestamp.js';
import type { LineFormat, ParseContext } from './format.js';

/** Lines without a time at their start join the record before them. */
export function createTextFormat(context: ParseContext): LineFormat {
  return { name: 'text', parse: (text) => parseTextLine(text, context), joinsOn: 'no-pattern-match' };
}

const CLOCK = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`;
const ZONE = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\d.]))?`;
const TIME = new RegExp(
  `^\\[?(${[
    String.raw`\d{4}([-/])\d\d\2\d\d[T _]${CLOCK}${ZONE}`,
    String.raw`\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d`,
    String.raw`\d{6} \d{6}`,
    String.raw`\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}`,
    String.raw`\d\d\/[A-Z][a-z]{2}\/\d{4}[: ]${CLOCK}${ZONE}`,
    String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?[A-Z][a-z]{2} [ \d]\d ${CLOCK}(?: \d{4})?`,
  ].join('|')})\\]?(?=[\\s|:]|$)`,
);
// klog and glog: the level is glued to the date
const KLOG = /^([IWEF])(\d{4} \d\d:\d\d:\d\d\.\d{1,9}) +(\d+) ([\w./-]{1,200}:\d+)\] ?/;

export function parseTextLine(text: string, context: ParseContext): LogRecord | RejectReason {
  const match = TIME.exec(text);
  if (match === null) return parseKlog(text, context);
  const eventTimeMs = parseTimestamp(match[1] ?? '', context);
  if (eventTimeMs === undefined) return 'bad-timestamp';
  const level = findLevel(text, match[0].length);
  const { body, thread, logger } = readMessage(text, level.end);
  return {
    eventTimeMs,
    source: context.defaultSource,
    severity: level.severity,
    body,
    attributes: {
      ...(level.header === '' ? {} : { header: level.header }),
      ...(thread === undefined ? {} : { thread }),
      ...(logger === undefined ? {} : { logger }),
    },
  };
}

function parseKlog(text: string, context: ParseContext): LogRecord | RejectReason {
  const match = KLOG.exec(text);
  if (match === null) return 'no-pattern-match';
  const [all, letter = '', time = '', pid, location] = match;
  const eventTimeMs = parseTimestamp(`${time.slice(0, 2)}-${time.slice(2)}`, context);
  if (eventTimeMs === undefined) return 'bad-timestamp';
  return {
    eventTimeMs,
    source: context.defaultSource,
    severity: severityFromText(letter),
    body: text.slice(all.length),
    attributes: { pid, logger: location },
  };
}

/** A [bracketed] or bare word of the header, with the blanks and separators around it. */
const HEADER_WORD = /[ \t|]{0,40}(?:- {1,8})?(?:\[ {0,40}([^\]]{0,200})\]|([^\s[\]]{1,200}))/y;
const HEADER_WORDS = 6;

interface Level {
  readonly severity: number;
  /** Where the text behind the level begins; without a level, behind the time. */
  readonly end: number;
  /** What stood between time and level: pid, thread, logger. */
  readonly header: string;
}

/**
 * The level among the first header words. Bare words count as a level only in capitals (`ERROR`, not `error`), as a
 * message may begin with one; only what looks like a pid, thread or logger is skipped on the way to it.
 */
function findLevel(text: string, start: number): Level {
  const none = { severity: 0, end: start, header: '' };
  let at = start;
  for (let i = 0; i < HEADER_WORDS; i++) {
    HEADER_WORD.lastIndex = at;
    const match = HEADER_WORD.exec(text);
    if (match === null) return none;
    const [all, bracketed, bare = ''] = match;
    const severity = bracketed === undefined ? severityOfBare(bare, i) : severityOfBracketed(bracketed);
    if (severity > 0) return { severity, end: at + all.length, header: text.slice(start, at).trim() };
    at += all.length;
    const isSeparated = /^ {1,8}[-|] /.test(text.slice(at, at + 10));
    if (bracketed === undefined && !isSeparated && !/^(?:\d+|[\w$/-]+[.@_:][\w.$/@:-]*|-+)$/.test(bare))
      return none;
  }
  return none;
}

function severityOfBare(word: string, position: number): number {
  const bare = word.endsWith(':') ? word.slice(0, -1) : word;
  // a single letter is a level only behind the two numbers of a logcat line
  if (bare.length === 1 && position !== 2) return 0;
  return /^[A-Z]{1,13}$/.test(bare) || (bare !== word && position === 0) ? severityFromText(bare) : 0;
}

/** `[error]`, `[INF]`, and Apache's `[core:error]`. */
function severityOfBracketed(inside: string): number {
  return severityFromText(inside) || severityFromText(inside.slice(inside.lastIndexOf(':') + 1));
}

/** Spring's pid and `---`, then [thread]s, each only when a logger or a separator follows. */
const HEADER_REST = new RegExp(
  String.raw`[ \t]{0,40}(?:[:|][ \t]{0,40})?(?:\d{1,10} )?(?:-{1,3} {1,8})?` +
    String.raw`(?<threads>(?:\[(?:[^[\]]|\[[^[\]]{0,100}\]){0,200}\][ \t]{0,40}){0,4})` +
    String.raw`(?:(?<logger>[A-Za-z_][\w.$/#@:<>-]{0,200}?)(?<mark> {1,40}[-:|](?= )|:(?=[ \t]|$))|[-:|](?= ))`,
  'y',
);

function readMessage(
  text: string,
  start: number,
): { readonly body: string; readonly thread?: string; readonly logger?: string } {
  const rest = (): string => text.slice(start).replace(/^\]?[ \t]*(?:[:|-](?: |$))?[ \t]*/, '');
  HEADER_REST.lastIndex = start;
  const match = HEADER_REST.exec(text);
  if (match === null) return { body: rest() };
  const { threads = '', logger, mark = '' } = match.groups ?? {};
  // `ERROR Timeout: no answer` is a message, as is `[pid 7] AH00126: no`; `c.e.App: no` and `[main] App: no` have loggers
  const isLogger =
    logger === undefined || mark !== ':' || /[.$_#]/.test(logger) || (threads !== '' && !/\d/.test(logger));
  if (!isLogger) return { body: rest() };
  const body = text.slice(start + match[0].length).trimStart();
  const thread = threads.trim().replace(/^\[\s*|\s*\]$/g, '');
  return { body, ...(thread === '' ? {} : { thread }), ...(logger === undefined ? {} : { logger }) };
}
