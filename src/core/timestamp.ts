// Time stamps as logs write them, to whole UTC milliseconds. ISO 8601 is on the hot path and is read by char codes;
// everything else is told apart by its shape. What is ambiguous (06/09/2017) is left to a named time format.
import { instant, msFromFraction, msOfDay, zoneOffset, type TimestampOptions } from './calendar.js';
import { parseTimestampShape } from './timestamp-shapes.js';

export type { TimestampOptions } from './calendar.js';

/**
 * Reads ISO 8601 and its relatives (`T`, blank or `_` between; `-`, `/` in the date; `.` or `,` and any number of
 * digits of a fraction; with or without zone), epoch s/ms/µs/ns (number or digits, told apart by magnitude, also with
 * a fraction), RFC 3164 and asctime, RFC 1123, Apache, and the compact `081109 203518`, `17/06/09 20:10:40`
 * (year first), `20171223-22:15:29.606`, `03-17 16:13:38.811`.
 *
 * @returns whole milliseconds since 1970 UTC, fractions cut off; undefined for what is no time or an impossible date
 */
export function parseTimestamp(value: string | number, options: TimestampOptions): number | undefined {
  if (typeof value === 'number') return epochMs(value);
  const iso = parseIso(value, options.zoneOffsetMinutes);
  if (iso !== undefined) return iso;
  // no time stamp is longer; what follows must not walk through a megabyte
  if (value.length > 80) return undefined;
  const text = value.trim();
  return parseTimestampShape(text, options) ?? parseEpochText(text);
}

/** Negative, so that it fails every range check, and whole: a NaN would turn all of this into slow arithmetic. */
const NO_DIGITS = -1_000_000;

/** The number in two digits. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  // one branch for four range checks: a difference below 0 sets the sign bit
  return (tens | (9 - tens) | ones | (9 - ones)) < 0 ? NO_DIGITS : tens * 10 + ones;
}

/** `YYYY-MM-DD[ T_]HH:MM[:SS[.,f…]][ ][zone]`, without an object or a substring unless there is an unusual zone. */
function parseIso(text: string, defaultOffsetMinutes: number): number | undefined {
  const { length } = text;
  // behind the end are NaNs, which `two` takes for zeros
  if (length < 16) return undefined;
  const dash = text.charCodeAt(4);
  // -, /
  if ((dash !== 45 && dash !== 47) || text.charCodeAt(7) !== dash) return undefined;
  const between = text.charCodeAt(10);
  // T, blank, t, _
  if (between !== 84 && between !== 32 && between !== 116 && between !== 95) return undefined;
  // :
  if (text.charCodeAt(13) !== 58) return undefined;
  let at = 16;
  let second = 0;
  let ms = 0;
  if (length >= 19 && text.charCodeAt(16) === 58) {
    second = two(text, 17);
    at = 19;
    const mark = length > 20 ? text.charCodeAt(19) : 0;
    // ., ,
    if (mark === 46 || mark === 44) {
      let scale = 100;
      for (at = 20; at < length; at++) {
        const digit = text.charCodeAt(at) - 48;
        if ((digit | (9 - digit)) < 0) break;
        ms += digit * scale;
        scale = (scale / 10) | 0;
      }
      if (at === 20) return undefined;
    }
  }
  const timeOfDayMs = msOfDay(two(text, 11), two(text, 14), second, ms);
  const year = two(text, 0) * 100 + two(text, 2);
  const offsetMinutes = at === length ? defaultOffsetMinutes : zoneAt(text, at);
  if (offsetMinutes === undefined) return undefined;
  return instant(year, two(text, 5), two(text, 8), timeOfDayMs, offsetMinutes);
}

function zoneAt(text: string, at: number): number | undefined {
  if (at === text.length - 1 && text.charCodeAt(at) === 90) return 0;
  const from = text.charCodeAt(at) === 32 ? at + 1 : at;
  return text.length - from > 6 ? undefined : zoneOffset(text.slice(from));
}

/** Epoch by magnitude: below 1e11 it is seconds (until the year 5138), below 1e14 ms, below 1e17 µs, else ns. */
function epochMs(value: number): number | undefined {
  const size = Math.abs(value);
  // also keeps out NaN and infinity; 1e20 ns is beyond the year 5000
  if (!(size < 1e20)) return undefined;
  if (size < 1e11) return Math.floor(roundOff(value * 1000));
  if (size < 1e14) return Math.floor(value);
  return Math.floor(size < 1e17 ? value / 1e3 : value / 1e6);
}

/** 1117838570.363 * 1000 is 1117838570362.9999…: a whole number of ms is meant. */
function roundOff(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function parseEpochText(text: string): number | undefined {
  const match = /^(-?)(\d{1,20})(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = '', fraction = ''] = match;
  // a count of digits instead of a number: 19 digits of ns do not fit into a double
  const size = digits.length;
  const ms =
    size <= 11
      ? Number(digits) * 1000 + msFromFraction(fraction)
      : Number(digits.slice(0, size <= 14 ? size : size <= 17 ? -3 : -6));
  return sign === '-' ? -ms : ms;
}
