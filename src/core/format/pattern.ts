// Any line-based log by a pattern that the user gives, loghub style: `<Date> <Time> <Level> <Component>: <Content>`.
// Fields are known by name; a line whose time cannot be read belongs to the record before it.
import type { LogRecord, RejectReason } from '../record.js';
import { severityFromText } from '../severity.js';
import { createTimeParser } from '../time-format.js';
import { parseTimestamp } from '../timestamp.js';
import type { LineFormat, ParseContext } from './format.js';
import { compilePattern } from './pattern-matcher.js';

/** One field that is the whole time; without one, all of the parts, joined by a blank in the order of the pattern. */
const WHOLE_TIME = ['timestamp', 'datetime', 'ts'];
const TIME_PARTS = ['year', 'month', 'date', 'day', 'time', 'timezone', 'zone'];
const LEVEL = ['level', 'severity', 'loglevel'];
const SOURCE = ['service', 'source'];
const CONTENT = ['content', 'message'];

/**
 * Names in any case. Message: `<Content>` or `<Message>`; time: `<Timestamp>`, or `<Date> <Time> <Month> <Day> <Year>
 * <Zone>` together; severity: `<Level>`; source: `<Service>` or `<Source>`, then the default. All other fields, such as
 * `<Component>` and `<Pid>`, become attributes.
 *
 * @param timeFormat strptime style, for the time fields joined by blanks; without it the usual forms are known
 * @throws RangeError on a pattern that has no message or no time, or cannot be compiled
 */
export function createPatternFormat(
  pattern: string,
  timeFormat: string | undefined,
  context: ParseContext,
): LineFormat {
  const { fields, match } = compilePattern(pattern);
  const indexOf = (names: readonly string[]): number =>
    fields.findIndex((name) => names.includes(name.toLowerCase()));
  const contentIndex = indexOf(CONTENT);
  if (contentIndex < 0) {
    const found = fields.length === 0 ? 'no fields' : fields.map((name) => `<${name}>`).join(' ');
    throw new RangeError(`pattern "${pattern}" has no <Content> for the message, only ${found}: add one`);
  }
  const wholeIndex = indexOf(WHOLE_TIME);
  const timeIndexes =
    wholeIndex >= 0
      ? [wholeIndex]
      : fields.flatMap((name, index) => (TIME_PARTS.includes(name.toLowerCase()) ? [index] : []));
  if (timeIndexes.length === 0) {
    throw new RangeError(
      `pattern "${pattern}" has no time: add <Date> and <Time> or <Timestamp>, or read each line as a message`,
    );
  }
  const levelIndex = indexOf(LEVEL);
  const sourceIndex = indexOf(SOURCE);
  const parseTime = timeFormat === undefined ? parseTimestamp : createTimeParser(timeFormat);

  const attributesOf = (values: readonly string[]): Record<string, string> => {
    // without a prototype, `__proto__` is a name like any other
    const attributes = Object.create(null) as Record<string, string>;
    for (const [index, name] of fields.entries()) {
      if (index !== contentIndex) attributes[name] = values[index] ?? '';
    }
    return attributes;
  };

  const parse = (text: string): LogRecord | RejectReason => {
    const values = match(text);
    if (values === undefined) return 'no-pattern-match';
    const severity = levelIndex < 0 ? 0 : severityFromText(values[levelIndex] ?? '');
    const time = timeIndexes.map((index) => values[index]).join(' ');
    const eventTimeMs = parseTime(time, context);
    // `Caused by: a: b` fits many a pattern by accident; a line with a level is a record whose time is broken
    if (eventTimeMs === undefined) return severity > 0 ? 'bad-timestamp' : 'no-pattern-match';
    return {
      eventTimeMs,
      // an empty name is no name
      source: values[sourceIndex] || context.defaultSource,
      severity,
      body: values[contentIndex] ?? '',
      attributes: attributesOf(values),
    };
  };
  return { name: 'pattern', parse, joinsOn: 'no-pattern-match' };
}
