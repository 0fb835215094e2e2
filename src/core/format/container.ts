// Lines that a container runtime wrapped: Docker's json-file (`{log, stream, time}`) and Kubernetes' CRI text
// (`<time> stdout F <line>`). What the application wrote is read in turn: JSON, a text layout, an access line, logfmt, or a bare message.
import type { LogRecord, RejectReason } from '../record.js';
import { parseTimestamp } from '../timestamp.js';
import { parseAccessLine } from './access.js';
import type { LineFormat, ParseContext, ParsedLine, WrappedLine } from './format.js';
import { readFields } from './json-fields.js';
import { member, parseObject, type JsonObject } from './json-object.js';
import { readLogfmt } from './logfmt.js';
import { parseTextLine } from './text.js';

/** Kubernetes keeps the container's name in the file's name, so the source is the application's own or the default. */
export function createCriFormat(context: ParseContext): LineFormat {
  return { name: 'cri', parse: (text) => parseCriLine(text, context) };
}

const CRI =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (?:stdout|stderr) ([FP])(?::\S*)? ?/;

function parseCriLine(text: string, context: ParseContext): ParsedLine {
  const head = CRI.exec(text);
  if (head === null) return 'no-pattern-match';
  const timeMs = parseTimestamp(head[1] ?? '', context);
  if (timeMs === undefined) return 'bad-timestamp';
  return readInner(text.slice(head[0].length), head[2] === 'P', timeMs, context);
}

/** The source is the application's own, the compose service or the tag, or the default. */
export function readDockerLine(object: JsonObject, log: string, context: ParseContext): ParsedLine {
  const time = object['time'];
  if (typeof time !== 'string') return 'no-timestamp';
  const timeMs = parseTimestamp(time, context);
  if (timeMs === undefined) return 'bad-timestamp';
  const attrs = object['attrs'];
  const name = member(attrs, 'com.docker.compose.service') ?? member(attrs, 'tag');
  const defaultSource = typeof name === 'string' && name !== '' ? name : context.defaultSource;
  return readInner(log.replace(/\r?\n$/, ''), false, timeMs, { ...context, defaultSource });
}

/**
 * A JSON object keeps its own time. Text takes the runtime's, which is in UTC: the application's often names no zone.
 */
function readInner(
  inner: string,
  isCut: boolean,
  timeMs: number,
  context: ParseContext,
): WrappedLine | LogRecord | RejectReason {
  if (inner.trim() === '') return 'blank';
  const object = inner.startsWith('{') ? parseObject(inner) : undefined;
  if (object !== undefined) {
    const record = readFields(object, context, timeMs);
    if (typeof record !== 'string') return record;
  }
  const text = parseTextLine(inner, context);
  const access = typeof text === 'string' ? parseAccessLine(inner, context) : text;
  const pairs = typeof access === 'string' ? readLogfmt(inner, context, timeMs) : access;
  const record: LogRecord =
    typeof pairs === 'string'
      ? { eventTimeMs: timeMs, source: context.defaultSource, severity: 0, body: inner }
      : { ...pairs, eventTimeMs: timeMs };
  return { inner, isCut, record };
}
