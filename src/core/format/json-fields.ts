// Which key of a log object says what: one list a question, the commonest key first, over all the JSON loggers.
// The object stays as it was parsed and is the record's attributes; nothing is copied on this road.
import type { LogRecord, RejectReason } from '../record.js';
import { SEVERITY, severityFromNumber, severityFromText } from '../severity.js';
import { parseTimestamp } from '../timestamp.js';
import type { ParseContext } from './format.js';
import { member, type JsonObject } from './json-object.js';
import { readJsonRequest, saysNothing } from './json-request.js';

/**
 * Time: `ts`, `timestamp`, `@timestamp`, `time`, then rarer ones; severity: `level`, `severity`, `log.level`, …;
 * message: `msg`, `message`, …, or an HTTP request; source: `service`, `service.name`, `app`, `name`, container, then the default.
 *
 * @param wrappedTimeMs time of the container's line around it, for an object that has none of its own
 */
export function readFields(
  object: JsonObject,
  context: ParseContext,
  wrappedTimeMs?: number,
): LogRecord | RejectReason {
  const message = object['msg'] ?? object['message'] ?? rareMessage(object);
  const said = typeof message === 'string' ? message : textOf(message);
  const request = saysNothing(said) ? readJsonRequest(object) : undefined;
  const body = request?.body ?? said;
  if (body === undefined) return 'no-message';

  const time =
    object['ts'] ?? object['timestamp'] ?? object['@timestamp'] ?? object['time'] ?? rareTime(object);
  if (time === undefined && wrappedTimeMs === undefined) return 'no-timestamp';
  const eventTimeMs =
    typeof time === 'string' || typeof time === 'number' ? parseTimestamp(time, context) : wrappedTimeMs;
  if (eventTimeMs === undefined) return 'bad-timestamp';

  const service = object['service'];
  const source =
    typeof service === 'string' && service !== '' ? service : (rareSource(object) ?? context.defaultSource);
  const severity = request?.severity ?? severityOf(object);
  const traceId = object['trace_id'] ?? object['traceId'] ?? rareTraceId(object);
  return typeof traceId === 'string' && traceId !== ''
    ? { eventTimeMs, source, severity, body, traceId, attributes: object }
    : { eventTimeMs, source, severity, body, attributes: object };
}

function rareTime(object: JsonObject): unknown {
  return (
    object['@t'] ??
    object['asctime'] ??
    object['datetime'] ??
    object['date'] ??
    object['time_iso8601'] ??
    object['time_local'] ??
    object['__REALTIME_TIMESTAMP']
  );
}

function rareMessage(object: JsonObject): unknown {
  return (
    object['event'] ??
    object['body'] ??
    object['text'] ??
    object['MESSAGE'] ??
    object['short_message'] ??
    object['@m'] ??
    object['@mt'] ??
    object['textPayload'] ??
    member(object['jsonPayload'], 'message') ??
    (typeof object['log'] === 'string' ? object['log'] : undefined) ??
    member(object['err'], 'message') ??
    member(object['error'], 'message')
  );
}

/** A message that is no string, as text. Undefined for nothing, and for nesting too deep to write out. */
export function textOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message;
  if (message === null || message === undefined) return undefined;
  try {
    return JSON.stringify(message);
  } catch {
    return undefined;
  }
}

function rareSource(object: JsonObject): string | undefined {
  const kubernetes = object['kubernetes'];
  return (
    nameOf(object['service']) ??
    nameOf(object['service.name']) ??
    nameOf(object['serviceName']) ??
    nameOf(object['service_name']) ??
    nameOf(object['app']) ??
    nameOf(object['application']) ??
    // bunyan and pino: the application; beside Python's `levelname` it is the logger
    (object['levelname'] === undefined ? nameOf(object['name']) : undefined) ??
    nameOf(object['SYSLOG_IDENTIFIER']) ??
    nameOf(object['container_name']) ??
    nameOf(object['container.name']) ??
    nameOf(member(object['container'], 'name')) ??
    nameOf(member(kubernetes, 'container_name')) ??
    nameOf(member(member(kubernetes, 'container'), 'name')) ??
    nameOf(member(object['resource'], 'service.name'))
  );
}

/** The name in a text, a number or an object with a `name`. */
function nameOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number') return String(value);
  const name = member(value, 'name');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function severityOf(object: JsonObject): number {
  const level = object['level'] ?? object['severity'] ?? object['levelname'] ?? rareLevel(object);
  if (typeof level === 'string') return severityFromText(level) || severityOfNumber(Number(level || NaN));
  if (typeof level === 'number') return severityOfNumber(level);
  if (typeof object['levelno'] === 'number') return severityFromNumber(object['levelno'], 'python');
  if (typeof object['severityNumber'] === 'number')
    return severityFromNumber(object['severityNumber'], 'otlp');
  // the compact log event format leaves Information out
  return object['@t'] === undefined ? 0 : SEVERITY.info;
}

function rareLevel(object: JsonObject): unknown {
  return (
    object['log.level'] ??
    member(object['log'], 'level') ??
    object['lvl'] ??
    object['loglevel'] ??
    object['@l'] ??
    object['severityText'] ??
    object['PRIORITY']
  );
}

/** pino and bunyan count from 10 on, GELF and journald from 0 to 7. */
function severityOfNumber(level: number): number {
  return severityFromNumber(level, level >= 10 ? 'pino' : 'syslog');
}

function rareTraceId(object: JsonObject): unknown {
  return (
    object['trace.id'] ??
    member(object['trace'], 'id') ??
    object['traceID'] ??
    object['TraceId'] ??
    object['dd.trace_id'] ??
    member(object['dd'], 'trace_id') ??
    object['otelTraceID'] ??
    object['X-B3-TraceId'] ??
    object['logging.googleapis.com/trace']
  );
}
