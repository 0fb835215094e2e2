// Time stamps told apart by their shape: compact digits, and months by name (syslog, asctime, RFC 1123, Apache).
// Each shape has one reading; every pattern is anchored and walks a text once.
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

const COMPACT =
  /^(?:(\d{4})(\d\d)(\d\d)|(\d\d)(\d\d)(\d\d)|(\d\d)\/(\d\d)\/(\d\d))([ T-]?)(\d{1,2})(:?)(\d{1,2})\12(\d{1,2})(?:[.,:](\d+))?(Z| ?[+-]\d\d:?\d\d)?$/;
const LOGCAT = /^(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:[.,](\d+))?$/;

/**
 * A time stamp that is neither ISO 8601 nor an epoch: compact, logcat, or with the month by name.
 *
 * @param text trimmed and short
 */
export function parseTimestampShape(text: string, options: TimestampOptions): number | undefined {
  return parseCompact(text, options) ?? parseNamed(text, options);
}

/** `081109 203518`, `17/06/09 20:10:40`, `20171223-22:15:29.606`, `20240131T101112Z`, `20240131101112`; logcat. */
function parseCompact(text: string, options: TimestampOptions): number | undefined {
  const match = COMPACT.exec(text);
  if (match === null) {
    const short = LOGCAT.exec(text);
    if (short === null) return undefined;
    const [, month, day, hour, minute, second, fraction = ''] = short;
    const time = msOfDay(Number(hour), Number(minute), Number(second), msFromFraction(fraction));
    return instantWithoutYear(Number(month), Number(day), time, options.zoneOffsetMinutes, options);
  }
  const [, y4, , , y2, , , ySlash, , , gap, hour = '', colon, minute = '', second = '', fraction = '', zone] =
    match;
  const clockDigits = hour.length + minute.length + second.length;
  if (colon === '' && clockDigits !== 6) return undefined;
  // without a gap only 14 digits of this or the last century are a date; other runs of digits are an epoch
  if (gap === '' && !(y4 !== undefined && colon === '' && /^(?:19|20)/.test(y4) && fraction === ''))
    return undefined;
  const year = y4 === undefined ? fullYear(Number(y2 ?? ySlash)) : Number(y4);
  const month = Number(match[2] ?? match[5] ?? match[8]);
  const day = Number(match[3] ?? match[6] ?? match[9]);
  const offset = zone === undefined ? options.zoneOffsetMinutes : zoneOffset(zone.trim());
  if (offset === undefined) return undefined;
  const time = msOfDay(Number(hour), Number(minute), Number(second), msFromFraction(fraction));
  return instant(year, month, day, time, offset);
}

const CLOCK = String.raw`(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?`;
const ZONE = String.raw`(Z|UTC|GMT|[+-]\d\d:?\d\d)`;
const WEEKDAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?';
const MONTH_FIRST = new RegExp(
  `^${WEEKDAY}([A-Za-z]{3}) {1,2}(\\d{1,2})(?: (\\d{4}))? ${CLOCK}(?: ${ZONE})?(?: (\\d{4}))?$`,
);
const DAY_FIRST = new RegExp(
  `^${WEEKDAY}(\\d{1,2})[ /-]([A-Za-z]{3})[ /-](\\d{4})[ :]${CLOCK}(?: ?${ZONE})?$`,
);

/** A month by name: `Nov  9 20:35:30`, `Sun Dec 04 04:47:44 2005`, `09/Nov/2008:20:35:30 +0000`, RFC 1123. */
function parseNamed(text: string, options: TimestampOptions): number | undefined {
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) {
    const [, month, day, year, hour, minute, second, fraction, zone, lateYear] = monthFirst;
    return named(year ?? lateYear, month, day, hour, minute, second, fraction, zone, options);
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst === null) return undefined;
  const [, day, month, year, hour, minute, second, fraction, zone] = dayFirst;
  return named(year, month, day, hour, minute, second, fraction, zone, options);
}

function named(
  year: string | undefined,
  monthName = '',
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  fraction = '',
  zone: string | undefined,
  options: TimestampOptions,
): number | undefined {
  const month = monthFromName(monthName);
  const offset = zone === undefined ? options.zoneOffsetMinutes : zoneOffset(zone);
  if (month === 0 || offset === undefined) return undefined;
  const time = msOfDay(Number(hour), Number(minute), Number(second), msFromFraction(fraction));
  return year === undefined
    ? instantWithoutYear(month, Number(day), time, offset, options)
    : instant(Number(year), month, Number(day), time, offset);
}
