// Syslog lines as they lie in files and come over the wire: RFC 3164 (with or without `<PRI>`, also with rsyslog's
// ISO time stamp) and RFC 5424 with structured data. The source is the application's name, or tag.
import type { LogRecord, RejectReason } from '../record.js';
import { severityFromNumber, severityFromText } from '../severity.js';
import { parseTimestamp } from '../timestamp.js';
import { parseAccessLine } from './access.js';
import type { LineFormat, ParseContext } from './format.js';
import { readHaproxyMessage } from './haproxy.js';

/** Lines without a head join the record before them: syslogd may write a message with line breaks as it came. */
export function createSyslogFormat(context: ParseContext): LineFormat {
  return { name: 'syslog', parse: (text) => parseSyslogLine(text, context), joinsOn: 'not-syslog' };
}

const PRI = /^<(\d{1,3})>/;
const HEAD_5424 = /^1 (\S{1,64}) (\S{1,255}) (\S{1,255}) (\S{1,255}) (\S{1,255}) /;
const TIME_3164 =
  /^(?:[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) /;

function parseSyslogLine(text: string, context: ParseContext): LogRecord | RejectReason {
  const pri = PRI.exec(text);
  const severity = pri === null ? 0 : severityFromNumber(Number(pri[1]) % 8, 'syslog');
  const rest = pri === null ? text : text.slice(pri[0].length);
  const head = pri === null ? null : HEAD_5424.exec(rest);
  const read = head === null ? read3164(rest, severity, context) : read5424(rest, head, severity, context);
  return typeof read === 'string' ? read : withRequest(read, context);
}

/** A web server's access line in a syslog message, with the time and the source of syslog. */
function withRequest(record: LogRecord, context: ParseContext): LogRecord {
  const { body, attributes } = record;
  // nearly every message is told by its end
  if (!/[\d"-]$/.test(body)) return record;
  const access = readHaproxyMessage(body) ?? parseAccessLine(body, context);
  if (typeof access === 'string') return record;
  return {
    ...record,
    body: access.body,
    severity: access.severity,
    attributes: { ...attributes, ...access.attributes },
  };
}

function read5424(
  text: string,
  head: RegExpExecArray,
  severity: number,
  context: ParseContext,
): LogRecord | RejectReason {
  const [all, time = '', host = '', app = '', procid = '', msgid = ''] = head;
  const dataEnd = skipStructuredData(text, all.length);
  if (dataEnd < 0) return 'not-syslog';
  if (time === '-') return 'no-timestamp';
  const eventTimeMs = parseTimestamp(time, context);
  if (eventTimeMs === undefined) return 'bad-timestamp';
  return {
    eventTimeMs,
    source: app === '-' ? context.defaultSource : app,
    severity,
    // the message may begin with a byte order mark that says it is UTF-8
    body: text.slice(dataEnd).replace(/^ (?:\uFEFF|\u00EF\u00BB\u00BF)?/, ''),
    attributes: { host, procid, msgid, structuredData: text.slice(all.length, dataEnd) },
  };
}

/** Behind `-` or all of `[id name="value" …][…]`; -1 when it is neither. In values `\` guards `"`, `\` and `]`. */
function skipStructuredData(text: string, start: number): number {
  if (text[start] === '-') return start + 1;
  if (text[start] !== '[') return -1;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (isQuoted && char === '\\') at++;
    else if (char === '"') isQuoted = !isQuoted;
    else if (char === ']' && !isQuoted && text[at + 1] !== '[') return at + 1;
  }
  return -1;
}

const TAG = /^([^\s:[\]]{1,128})(?:\[([^\]\s]{1,64})\])?:(?: |$)/;

function read3164(text: string, severity: number, context: ParseContext): LogRecord | RejectReason {
  const time = TIME_3164.exec(text);
  if (time === null) return 'not-syslog';
  const rest = text.slice(time[0].length);
  // on the local socket the host is left out: then the tag follows the time
  const localTag = TAG.exec(rest);
  const host = localTag === null ? /^\S{1,255}/.exec(rest)?.[0] : undefined;
  // `Nov  9 20:35:30 ERROR …` and a level behind an ISO time are text layouts
  if (localTag === null && (host === undefined || severityFromText(host) > 0)) return 'not-syslog';
  const message = host === undefined ? rest : rest.slice(host.length).trimStart();
  const tag = localTag ?? TAG.exec(message);
  // syslog's own time stamps need no tag behind them; an ISO time alone is no syslog
  if (tag === null && /^\d/.test(text)) return 'not-syslog';
  if (tag !== null && severityFromText(tag[1] ?? '') > 0 && localTag !== null) return 'not-syslog';
  const eventTimeMs = parseTimestamp(time[0].trimEnd(), context);
  if (eventTimeMs === undefined) return 'bad-timestamp';
  return {
    eventTimeMs,
    source: tag?.[1] ?? context.defaultSource,
    severity,
    body: tag === null ? message : message.slice(tag[0].length),
    attributes: {
      ...(host === undefined ? {} : { host }),
      ...(tag?.[2] === undefined ? {} : { pid: tag[2] }),
    },
  };
}
