// Access logs of web servers: the Common Log Format and everything that begins like it. Apache common and combined, also
// with the virtual host first, nginx combined, Traefik, gunicorn, ingress-nginx; whatever stands behind the known fields.
import type { LogRecord, RejectReason } from '../record.js';
import { parseTimestamp } from '../timestamp.js';
import type { LineFormat, ParseContext } from './format.js';
import { describeRequest } from './http-request.js';
import { severityOfStatus } from './http-status.js';

export function createAccessFormat(context: ParseContext): LineFormat {
  return { name: 'access', parse: (text) => parseAccessLine(text, context) };
}

/** Where the time must begin; a client may be named by a list of proxies. */
const MOST_HEAD_CHARACTERS = 1000;
const TIME = /\[(\d[^\]"]{8,38})\] "/y;
const ANSWER = /" (\d{3}|-)(?: (\d{1,20}|-))?(?= |$)/y;

/**
 * `client ident user [time] "request" status bytes "referrer" "agent" …`; the bytes and all behind them may be missing.
 *
 * The message is `describeRequest`'s, the severity that of the status, the source always the default. All fields are
 * attributes: neither client nor agent nor referrer may make a template.
 */
export function parseAccessLine(text: string, context: ParseContext): LogRecord | RejectReason {
  const headEnd = text.indexOf(' [');
  if (headEnd < 0 || headEnd > MOST_HEAD_CHARACTERS) return 'no-pattern-match';
  TIME.lastIndex = headEnd + 1;
  const time = TIME.exec(text);
  if (time === null) return 'no-pattern-match';
  const who = readHead(text.slice(0, headEnd));
  const start = headEnd + 1 + time[0].length;
  const end = endOfRequest(text, start);
  if (who === undefined || end < 0) return 'no-pattern-match';
  const eventTimeMs = parseTimestamp(time[1] ?? '', context);
  if (eventTimeMs === undefined) return 'bad-timestamp';

  ANSWER.lastIndex = end;
  const [answer = '', status = '', bytes = '-'] = ANSWER.exec(text) ?? [];
  const request = plain(text.slice(start, end));
  const statusNumber = Number(status) || 0;
  return {
    eventTimeMs,
    source: context.defaultSource,
    severity: severityOfStatus(statusNumber),
    body: describeRequest(request, statusNumber),
    attributes: Object.assign(who, { request, status, bytes }, readTail(text.slice(end + answer.length))),
  };
}

interface Who {
  readonly host?: string;
  readonly client: string;
  readonly user?: string;
}

/** Client, ident and user; Apache's `%v:%p` may come first. A user's name may hold blanks. */
function readHead(head: string): Who | undefined {
  const words = head.replaceAll(', ', ',').split(' ');
  if (words.length < 3 || words.includes('')) return undefined;
  const hasHost = words.length > 3 && words[1] !== '-';
  // prose in front of what was copied from an access log
  if (hasHost && words[2] !== '-') return undefined;
  const [client = ''] = hasHost ? words.splice(1, 1) : words;
  const user = words.slice(2).join(' ');
  return {
    ...(hasHost ? { host: words[0] ?? '' } : {}),
    client,
    ...(user === '-' || user === '""' ? {} : { user }),
  };
}

/**
 * The quote behind the request: the first with a status behind it that no backslash guards.
 *
 * @returns -1 when there is none
 */
function endOfRequest(text: string, start: number): number {
  for (let at = endOfQuoted(text, start); at >= 0; at = endOfQuoted(text, at + 1)) {
    ANSWER.lastIndex = at;
    if (ANSWER.test(text)) return at;
  }
  return -1;
}

/** Referrer and agent where both are there, and what servers write behind them, such as the time that it took. */
function readTail(tail: string): Record<string, string> {
  const values: string[] = [];
  let at = 0;
  while (values.length < 2 && tail.startsWith(' "', at)) {
    const end = endOfQuoted(tail, at + 2);
    if (end < 0) break;
    values.push(plain(tail.slice(at + 2, end)));
    at = end + 1;
  }
  const [referrer, agent] = values;
  const hasBoth = referrer !== undefined && agent !== undefined;
  const rest = (hasBoth ? tail.slice(at) : tail).trim();
  return { ...(hasBoth ? { referrer, agent } : {}), ...(rest === '' ? {} : { rest }) };
}

/** The next quote that no backslash guards; -1 when there is none. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 92) at++;
    else if (char === 34) return at;
  }
  return -1;
}

/** Apache's `\"` and nginx' `\x22` as the character; a byte that is none in ASCII stays as it was written. */
function plain(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:x([2-7][0-9A-Fa-f])|(["\\]))/g, (all, hex: string | undefined, char: string) => {
    if (hex === undefined) return char;
    return hex.toLowerCase() === '7f' ? all : String.fromCharCode(parseInt(hex, 16));
  });
}
