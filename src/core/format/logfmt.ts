// logfmt: `ts=… level=info msg="user logged in" user=42`, read in one pass over the characters.
// A line counts only with a time: any text may hold an equals sign.
import type { LogRecord, RejectReason } from '../record.js';
import { severityFromNumber, severityFromText } from '../severity.js';
import { parseTimestamp } from '../timestamp.js';
import type { LineFormat, ParseContext } from './format.js';

export function createLogfmtFormat(context: ParseContext): LineFormat {
  return { name: 'logfmt', parse: (text) => readLogfmt(text, context) };
}

/**
 * Time: `ts`, `time`, `timestamp`, `t`; severity: `level`, `lvl`, `severity`; message: `msg`, `message`, `event`, or
 * the whole line when it has a severity but no message; source: `service`, `app`, `name`, then the default.
 *
 * @param wrappedTimeMs time of the container's line around it, for a line that has none of its own
 */
export function readLogfmt(
  text: string,
  context: ParseContext,
  wrappedTimeMs?: number,
): LogRecord | RejectReason {
  const pairs = parsePairs(text);
  if (pairs === undefined) return 'not-logfmt';
  const level = pairs['level'] ?? pairs['lvl'] ?? pairs['severity'];
  const body = pairs['msg'] ?? pairs['message'] ?? pairs['event'] ?? (level === undefined ? undefined : text);
  if (body === undefined) return 'no-message';
  const time = pairs['ts'] ?? pairs['time'] ?? pairs['timestamp'] ?? pairs['t'];
  if (time === undefined && wrappedTimeMs === undefined) return 'no-timestamp';
  const eventTimeMs = time === undefined ? wrappedTimeMs : parseTimestamp(time, context);
  if (eventTimeMs === undefined) return 'bad-timestamp';

  const traceId = pairs['trace_id'] ?? pairs['traceId'] ?? pairs['traceID'] ?? pairs['trace.id'];
  return {
    eventTimeMs,
    // an empty name is no name
    source: pairs['service'] || pairs['app'] || pairs['name'] || context.defaultSource,
    severity: level === undefined ? 0 : severityFromText(level) || severityFromNumber(Number(level), 'pino'),
    body,
    ...(traceId === undefined || traceId === '' ? {} : { traceId }),
    attributes: pairs,
  };
}

const [BLANK, TAB, QUOTE, EQUALS, BACKSLASH] = [32, 9, 34, 61, 92];

/** Undefined unless the line begins with `key=`. A key alone has an empty value; of a key given twice the last counts. */
function parsePairs(text: string): Record<string, string> | undefined {
  if (!/^[A-Za-z_@][\w.@/-]{0,100}=/.test(text)) return undefined;
  // without a prototype, `__proto__` is a key like any other
  const pairs = Object.create(null) as Record<string, string>;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BLANK || code === TAB) {
      at++;
      continue;
    }
    const keyStart = at;
    at = skipWord(text, at, true);
    const key = text.slice(keyStart, at);
    if (text.charCodeAt(at) !== EQUALS) {
      pairs[key] = '';
      continue;
    }
    at++;
    const valueStart = at;
    if (text.charCodeAt(at) === QUOTE) {
      at = skipQuoted(text, at);
      pairs[key] = unquote(text.slice(valueStart, at));
    } else {
      at = skipWord(text, at, false);
      pairs[key] = text.slice(valueStart, at);
    }
  }
  return pairs;
}

function skipWord(text: string, at: number, stopAtEquals: boolean): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BLANK || code === TAB || (stopAtEquals && code === EQUALS)) break;
  }
  return at;
}

/** Behind the closing quote, or the end of a text that has none. */
function skipQuoted(text: string, at: number): number {
  for (at++; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

function unquote(quoted: string): string {
  const inner = quoted.slice(1, quoted.length > 1 && quoted.endsWith('"') ? -1 : undefined);
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(.)/g, (_, escaped: string) => {
    if (escaped === 'n') return '\n';
    return escaped === 't' ? '\t' : escaped;
  });
}
