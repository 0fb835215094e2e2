// The user's own time format, strptime style (`%d/%b/%Y %H:%M:%S,%f`), compiled once into one anchored pattern.
// For logs whose time stamps have a shape that is ambiguous or unknown to the built-in reader.
import {
  fullYear,
  instant,
  instantWithoutYear,
  monthFromName,
  msFromFraction,
  msOfDay,
  zoneOffset,
  type TimestampOptions,
} from './calendar.js';

export type TimeParser = (text: string, options: TimestampOptions) => number | undefined;

type Field =
  | 'year'
  | 'shortYear'
  | 'month'
  | 'monthName'
  | 'day'
  | 'dayOfYear'
  | 'hour'
  | 'hour12'
  | 'minute'
  | 'second'
  | 'halfDay'
  | 'fraction'
  | 'ms'
  | 'zone'
  | 'epoch'
  | '';

/** Every pattern is bounded, so that no text can make the match slow. Field '' is matched and not used. */
const DIRECTIVES: ReadonlyMap<string, readonly [pattern: string, field: Field]> = new Map([
  ['Y', ['\\d{4}', 'year']],
  ['y', ['\\d\\d', 'shortYear']],
  ['m', ['\\d{1,2}', 'month']],
  ['d', ['\\d{1,2}', 'day']],
  ['e', [' ?\\d{1,2}', 'day']],
  ['b', ['[A-Za-z]{3,9}', 'monthName']],
  ['B', ['[A-Za-z]{3,9}', 'monthName']],
  ['h', ['[A-Za-z]{3,9}', 'monthName']],
  ['a', ['[A-Za-z]{2,9}', '']],
  ['A', ['[A-Za-z]{2,9}', '']],
  ['j', ['\\d{1,3}', 'dayOfYear']],
  ['H', ['\\d{1,2}', 'hour']],
  ['k', [' ?\\d{1,2}', 'hour']],
  ['I', ['\\d{1,2}', 'hour12']],
  ['l', [' ?\\d{1,2}', 'hour12']],
  ['p', ['[AaPp]\\.?[Mm]\\.?', 'halfDay']],
  ['M', ['\\d{1,2}', 'minute']],
  ['S', ['\\d{1,2}', 'second']],
  ['f', ['\\d{1,12}', 'fraction']],
  ['L', ['\\d{1,3}', 'ms']],
  ['z', ['Z|[+-]\\d\\d(?::?\\d\\d)?', 'zone']],
  ['Z', ['[A-Za-z]{1,5}(?:[+-]\\d{1,2})?', 'zone']],
  ['s', ['-?\\d{1,11}', 'epoch']],
]);

const SHORTHANDS: ReadonlyMap<string, string> = new Map([
  ['T', '%H:%M:%S'],
  ['R', '%H:%M'],
  ['F', '%Y-%m-%d'],
  ['D', '%m/%d/%y'],
]);

/**
 * Compiles a time format. Knows %Y %y %m %d %e %b %B %h %a %A %j %H %k %I %l %p %M %S %f (fraction of a second, as in
 * Python), %L (whole milliseconds, not padded), %z %Z %s (epoch seconds) %T %R %F %D %n %t %%. A blank stands for any
 * run of blanks. %Z reads UTC and GMT; other zone names stand for several zones and count as no zone.
 *
 * @returns a parser; it gives undefined for what does not match from end to end, and for impossible dates
 * @throws RangeError on a directive that it does not know, and on a format without a date or an epoch
 */
export function createTimeParser(format: string): TimeParser {
  const fields: Field[] = [];
  // runs of blanks side by side would be tried in every split
  const body = compile(format.trim(), fields).replace(/(?:\\s\+){2,}/g, '\\s+');
  const pattern = new RegExp(`^\\s*${body}\\s*$`);
  const has = (field: Field): boolean => fields.includes(field);
  const saysDay = has('dayOfYear') || (has('day') && (has('month') || has('monthName')));
  if (!has('epoch') && !saysDay) {
    throw new RangeError(
      `time format "${format}" names no date: it needs a day and a month (%m %d), %j or %s`,
    );
  }
  return (text, options) => {
    // no time stamp is longer, whatever blanks the format allows
    if (text.length > 200) return undefined;
    const match = pattern.exec(text);
    return match === null ? undefined : assemble(match, fields, options);
  };
}

function compile(format: string, fields: Field[]): string {
  return format.replace(/%(.?)|\s+|[^%\s]+/gs, (part, directive: string | undefined) => {
    if (!part.startsWith('%')) return part.trim() === '' ? '\\s+' : escapeRegExp(part);
    if (directive === '%') return '%';
    if (directive === 'n' || directive === 't') return '\\s+';
    const shorthand = SHORTHANDS.get(directive ?? '');
    if (shorthand !== undefined) return compile(shorthand, fields);
    const known = DIRECTIVES.get(directive ?? '');
    if (known === undefined) {
      const names = [...DIRECTIVES.keys(), ...SHORTHANDS.keys()].map((name) => `%${name}`).join(' ');
      throw new RangeError(`time format "${format}" has "${part}", which is not known: use ${names} or %%`);
    }
    fields.push(known[1]);
    return `(${known[0]})`;
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function assemble(
  match: RegExpExecArray,
  fields: readonly Field[],
  options: TimestampOptions,
): number | undefined {
  const text: Partial<Record<Field, string>> = {};
  // a field that is named twice: the last one counts
  for (const [index, field] of fields.entries()) text[field] = (match[index + 1] ?? '').trim();

  const ms = text.ms === undefined ? msFromFraction(text.fraction ?? '') : Number(text.ms);
  if (text.epoch !== undefined) return Number(text.epoch) * 1000 + ms;
  const time = msOfDay(hourOf(text), Number(text.minute ?? 0), Number(text.second ?? 0), ms);
  const offset = (text.zone === undefined ? undefined : zoneOffset(text.zone)) ?? options.zoneOffsetMinutes;
  const month = text.monthName === undefined ? Number(text.month ?? 1) : monthFromName(text.monthName);
  const day = Number(text.day ?? 1);
  const year =
    text.year !== undefined ? Number(text.year) : text.shortYear && fullYear(Number(text.shortYear));
  if (typeof year !== 'number') {
    return text.dayOfYear === undefined
      ? instantWithoutYear(month, day, time, offset, options)
      : dayOfYear(options.referenceYear ?? 1970, Number(text.dayOfYear), time, offset);
  }
  return text.dayOfYear === undefined
    ? instant(year, month, day, time, offset)
    : dayOfYear(year, Number(text.dayOfYear), time, offset);
}

/** NaN for an hour that a 12-hour clock does not show. Without %p the hour is taken as it is. */
function hourOf(text: Partial<Record<Field, string>>): number {
  if (text.hour12 === undefined) return Number(text.hour ?? 0);
  const hour = Number(text.hour12);
  if (hour < 1 || hour > 12) return NaN;
  if (text.halfDay === undefined) return hour;
  return (hour % 12) + (text.halfDay.toLowerCase().startsWith('p') ? 12 : 0);
}

function dayOfYear(year: number, day: number, time: number, offset: number): number | undefined {
  const first = instant(year, 1, 1, time, offset);
  const isThere = day >= 1 && day <= 366 && (day < 366 || instant(year, 2, 29, 0, 0) !== undefined);
  return first === undefined || !isThere ? undefined : first + (day - 1) * 86_400_000;
}
