// The proleptic Gregorian calendar in UTC as plain arithmetic, so that reading a time stamp needs no Date object.
// Impossible dates (month 13, 30 February) are undefined, never rolled over into the next month.

export interface TimestampOptions {
  /** Minutes east of Greenwich of a time stamp that names no zone; 0 is UTC. */
  readonly zoneOffsetMinutes: number;
  /** The year of a date without one (RFC 3164), when nothing nearer is known. Default 1970. */
  readonly referenceYear?: number;
  /** An instant near by, usually the record before: a date without a year takes the year that puts it nearest. */
  readonly nearMs?: number | undefined;
}

const DAY_MS = 86_400_000;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

export function isDate(year: number, month: number, day: number): boolean {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= (month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0));
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** From a wall-clock time to UTC; undefined when the date or the time does not exist. */
export function instant(
  year: number,
  month: number,
  day: number,
  timeOfDayMs: number,
  offsetMinutes: number,
): number | undefined {
  if (timeOfDayMs < 0 || !isDate(year, month, day)) return undefined;
  return daysFromDate(year, month, day) * DAY_MS + timeOfDayMs - offsetMinutes * 60_000;
}

/**
 * A date without a year: the year that puts it nearest to `nearMs`, or the reference year. So a log that runs from
 * December into January goes on in the next year, and a straggler from before midnight stays in the old one.
 */
export function instantWithoutYear(
  month: number,
  day: number,
  timeOfDayMs: number,
  offsetMinutes: number,
  options: TimestampOptions,
): number | undefined {
  const { nearMs } = options;
  if (nearMs === undefined) {
    return instant(options.referenceYear ?? 1970, month, day, timeOfDayMs, offsetMinutes);
  }
  const nearYear = new Date(nearMs).getUTCFullYear();
  let best: number | undefined;
  for (const year of [nearYear, nearYear - 1, nearYear + 1]) {
    const ms = instant(year, month, day, timeOfDayMs, offsetMinutes);
    if (ms === undefined) continue;
    if (best === undefined || Math.abs(ms - nearMs) < Math.abs(best - nearMs)) best = ms;
  }
  return best;
}

/**
 * Days from 1970-01-01 to a date that exists, of a year from 0 on. Whole numbers only: this is on the hot path, and
 * the `| 0` keep it in integer arithmetic.
 */
export function daysFromDate(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = (before >> 2) - ((before / 100) | 0) + ((before / 400) | 0);
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  return year * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] ?? 0) + leapDay + day - 719_528;
}

/**
 * Milliseconds since midnight. A second of 60 is a leap second and counts as the first of the next minute.
 *
 * @returns -1 for an hour, minute or second that no clock shows
 */
export function msOfDay(hour: number, minute: number, second: number, ms: number): number {
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60)) return -1;
  return hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
}

/** 1–12 for an English month name, short or long, in any case; 0 for anything else. */
export function monthFromName(name: string): number {
  const lower = name.toLowerCase();
  const index = MONTHS.indexOf(lower);
  return (index >= 0 ? index : LONG_MONTHS.indexOf(lower)) + 1;
}

/** A two-digit year after POSIX: 69–99 are 1969–1999, 00–68 are 2000–2068. */
export function fullYear(twoDigits: number): number {
  return twoDigits < 69 ? 2000 + twoDigits : 1900 + twoDigits;
}

/** Whole milliseconds of a decimal fraction of a second, given as its digits; cut off, not rounded. */
export function msFromFraction(digits: string): number {
  return Number(digits.slice(0, 3).padEnd(3, '0'));
}

/**
 * Minutes east of Greenwich of `Z`, `UTC`, `GMT`, `+01`, `+0100`, `+01:00`.
 *
 * @returns undefined for anything else: names such as `CST` stand for several zones
 */
export function zoneOffset(zone: string): number | undefined {
  if (/^(?:Z|UTC|GMT)$/i.test(zone)) return 0;
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}
