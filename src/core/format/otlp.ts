// OTLP/JSON logs, as the OpenTelemetry collector's file exporter writes them: one log record a line, or a whole
// export request with resources and scopes. The source is the resource's (or the record's) `service.name`.
import type { LogRecord, RejectReason } from '../record.js';
import { severityFromNumber, severityFromText } from '../severity.js';
import { parseTimestamp } from '../timestamp.js';
import type { ParseContext } from './format.js';
import { textOf } from './json-fields.js';
import { isObject, member, type JsonObject } from './json-object.js';

export function isOtlpRecord(object: JsonObject): boolean {
  return object['timeUnixNano'] !== undefined || object['observedTimeUnixNano'] !== undefined;
}

/** All records of an export, in its order; what is broken among them stands as its reason. */
export function readOtlpExport(
  resourceLogs: readonly unknown[],
  context: ParseContext,
): readonly (LogRecord | RejectReason)[] | RejectReason {
  const read: (LogRecord | RejectReason)[] = [];
  for (const resourceLog of resourceLogs) {
    const service = attributesOf(member(member(resourceLog, 'resource'), 'attributes'))['service.name'];
    const source = typeof service === 'string' && service !== '' ? service : context.defaultSource;
    for (const scopeLog of listOf(member(resourceLog, 'scopeLogs'))) {
      for (const record of listOf(member(scopeLog, 'logRecords'))) {
        read.push(
          isObject(record) ? readOtlpRecord(record, { ...context, defaultSource: source }) : 'no-message',
        );
      }
    }
  }
  return read.length === 0 ? 'no-message' : read;
}

/** The time is `timeUnixNano`, or when it was observed; the body may be any value, or an event's name. */
export function readOtlpRecord(object: JsonObject, context: ParseContext): LogRecord | RejectReason {
  const body = bodyOf(object);
  if (body === undefined) return 'no-message';
  const time = [object['timeUnixNano'], object['observedTimeUnixNano']].find((nanos) => Number(nanos) > 0);
  if (typeof time !== 'string' && typeof time !== 'number') return 'no-timestamp';
  const eventTimeMs = parseTimestamp(time, context);
  if (eventTimeMs === undefined) return 'bad-timestamp';

  const attributes = attributesOf(object['attributes']);
  const service = attributes['service.name'];
  const traceId = object['traceId'];
  return {
    eventTimeMs,
    source: typeof service === 'string' && service !== '' ? service : context.defaultSource,
    severity: severityOf(object),
    body,
    ...(typeof traceId === 'string' && traceId !== '' ? { traceId } : {}),
    attributes,
  };
}

function severityOf(object: JsonObject): number {
  const number = object['severityNumber'];
  const known = typeof number === 'number' ? severityFromNumber(number, 'otlp') : 0;
  if (known > 0) return known;
  // protobuf's JSON may write the enum by name: SEVERITY_NUMBER_ERROR2
  const name = typeof number === 'string' ? number : object['severityText'];
  if (typeof name !== 'string') return 0;
  const [, word = '', step = '1'] = /^(?:SEVERITY_NUMBER_)?([A-Za-z]{1,20})([1-4]?)$/.exec(name) ?? [];
  const severity = severityFromText(word);
  return severity === 0 ? 0 : severity + Math.max(0, Number(step) - 1);
}

function bodyOf(object: JsonObject): string | undefined {
  return textOf(plain(object['body'], 0) ?? object['eventName']);
}

/** `[{key, value: {stringValue}}]` as an object. Built from entries, so that `__proto__` is a key like any other. */
function attributesOf(list: unknown): JsonObject {
  return Object.fromEntries(
    listOf(list).map((entry) => [String(member(entry, 'key')), plain(member(entry, 'value'), 0)]),
  );
}

const DEEPEST = 32;

/** An OTLP AnyValue as plain JSON; undefined for none, and below 32 levels. */
function plain(value: unknown, depth: number): unknown {
  if (!isObject(value)) return value ?? undefined;
  if (depth > DEEPEST) return undefined;
  const scalar =
    value['stringValue'] ??
    value['boolValue'] ??
    value['intValue'] ??
    value['doubleValue'] ??
    value['bytesValue'];
  if (scalar !== undefined) return isObject(scalar) || Array.isArray(scalar) ? undefined : scalar;
  const array = member(value['arrayValue'], 'values');
  if (Array.isArray(array)) return array.map((item) => plain(item, depth + 1));
  const entries = member(value['kvlistValue'], 'values');
  if (!Array.isArray(entries)) return undefined;
  return Object.fromEntries(
    entries.map((entry) => [String(member(entry, 'key')), plain(member(entry, 'value'), depth + 1)]),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
