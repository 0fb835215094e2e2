// Lines of another format between those of the input's own: a deploy that changed how a service logs, a server that
// writes its errors beside its access log. What a strict format reads whole, time and message, is a record of its own.
import type { LogRecord } from '../record.js';
import { parseAccessLine } from './access.js';
import { isHeadless } from './continuation.js';
import type { LineFormat, ParseContext, ParsedLine } from './format.js';
import { parseJsonLine } from './json.js';
import { parseTextLine } from './text.js';

/**
 * The format, and behind it those whose lines cannot be mistaken: JSON objects with a time, access log lines, and among
 * access log lines also text that begins with a time. Without a time of its own a line stays what it was: part of a stack
 * trace may be JSON, too.
 */
export function withGuestLines(format: LineFormat, context: ParseContext): LineFormat {
  if (format.name === 'message') return format;
  const parse = (text: string): ParsedLine => {
    const parsed = format.parse(text);
    if (typeof parsed !== 'string' || !isHeadless(parsed)) return parsed;
    return readGuest(text, format, context) ?? parsed;
  };
  return { ...format, parse };
}

function readGuest(text: string, { name }: LineFormat, context: ParseContext): ParsedLine | undefined {
  if (text.charCodeAt(0) === OPENING_BRACE) {
    const read = name === 'json' ? 'not-json' : parseJsonLine(text, context);
    return typeof read === 'string' ? undefined : read;
  }
  const read: LogRecord | string =
    name === 'access' ? parseTextLine(text, context) : parseAccessLine(text, context);
  return typeof read === 'string' ? undefined : read;
}

const OPENING_BRACE = 123;
