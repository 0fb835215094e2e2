// Which part of a message body has a shape: its head line and the types of the exceptions in its stack trace.
// Frames and payloads would make a template of every incident; the type is what makes an exception a new one.

import { textOfJson } from './json-text.js';
import { MAX_HEAD_BYTES } from './vocabulary.js';

/** Characters of a body that are looked at: what follows cannot change its template. */
export const MAX_BODY_CHARS = 65_536;
/** Exception types kept of one stack trace: the outermost and the first causes. */
const MAX_TYPES = 4;
const MAX_TYPE_CHARS = 200;

/** `java.io.IOException: …`, also after `Caused by: ` or .NET's ` ---> `. */
const NAMED_TYPE =
  /^(?:Caused by: |[ \t]*---> )?((?:[\w$]+\.)*[\w$]*(?:Exception|Error|Throwable|Warning|Failure|Fault|Interrupt|Exit))(?::|[ \t\r]*$)/;
const CAUSE = /^Caused by: ((?:[\w$]+\.)*[\w$]+)/;
/** Python's last line can bear any class name: only its place in the traceback says that it is one. */
const ANY_TYPE = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(?::|[ \t\r]*$)/;
/** Anything but spaces and ASCII control characters. */
const HAS_TOKEN = /[!-~\u0080-\uffff]/;
const PYTHON_TRACEBACK = 'Traceback (most recent call last):';

/**
 * The text that is scanned for a body's shape: the first line that is not blank, at most `MAX_HEAD_BYTES` of UTF-8,
 * then one line for each different exception type (at most 4) of the lines below it.
 * A body that is a JSON object is replaced by the message in it, or by its keys (see `textOfJson`).
 */
export function canonicalText(body: string): string {
  const text = textOfJson(body) ?? body;
  const lines = text.slice(0, MAX_BODY_CHARS).split('\n');
  const first = lines.findIndex((line) => HAS_TOKEN.test(line));
  if (first < 0) return '';
  const head = cutToBytes(lines[first]!, MAX_HEAD_BYTES);
  return [head, ...exceptionTypes(lines.slice(first))].join('\n');
}

/** Whether a body may be a JSON object, by its first character. */
export function mayBeJson(body: string): boolean {
  let at = 0;
  while (at < body.length && body.charCodeAt(at) <= 0x20) at++;
  return body.charCodeAt(at) === 0x7b;
}

function exceptionTypes(lines: readonly string[]): string[] {
  const types = new Set<string>();
  let inTraceback = false;
  lines.forEach((line, i) => {
    const isIndented = line.startsWith(' ') || line.startsWith('\t');
    const named = i > 0 ? (NAMED_TYPE.exec(line)?.[1] ?? CAUSE.exec(line)?.[1]) : undefined;
    const type = named ?? (inTraceback && !isIndented ? ANY_TYPE.exec(line)?.[1] : undefined);
    if (type !== undefined && types.size < MAX_TYPES) types.add(type.slice(0, MAX_TYPE_CHARS));
    if (line.includes(PYTHON_TRACEBACK)) inTraceback = true;
    else if (!isIndented && line.trim() !== '') inTraceback = false;
  });
  return [...types];
}

/** The longest beginning of the text that takes at most `maxBytes` bytes of UTF-8. */
function cutToBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = new Uint8Array(maxBytes);
  const { read } = new TextEncoder().encodeInto(text, bytes);
  return text.slice(0, read);
}
