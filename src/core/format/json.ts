// NDJSON: one object a line, of any logger. Looks at the object's keys to tell an OTLP export, an OTLP log record
// and a Docker line from a plain log object, line by line, so that mixed files read as well.
import { readDockerLine } from './container.js';
import type { LineFormat, ParseContext, ParsedLine } from './format.js';
import { readFields } from './json-fields.js';
import { parseObject } from './json-object.js';
import { isOtlpRecord, readOtlpExport, readOtlpRecord } from './otlp.js';

export function createJsonFormat(context: ParseContext): LineFormat {
  return { name: 'json', parse: (text) => parseJsonLine(text, context) };
}

export function parseJsonLine(text: string, context: ParseContext): ParsedLine {
  // most lines that are no JSON are told by their first character, without an exception
  if (text.charCodeAt(0) !== 123 && !text.trimStart().startsWith('{')) return 'not-json';
  const object = parseObject(text);
  if (object === undefined) return 'not-json';
  if (Array.isArray(object['resourceLogs'])) return readOtlpExport(object['resourceLogs'], context);
  if (isOtlpRecord(object)) return readOtlpRecord(object, context);
  if (typeof object['log'] === 'string' && typeof object['stream'] === 'string') {
    return readDockerLine(object, object['log'], context);
  }
  return readFields(object, context);
}
