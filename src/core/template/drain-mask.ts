// The masks that Drain is usually run with (numbers, hex numbers, IP and MAC addresses, UUIDs, clock times),
// as one linear scan: the customary list of regular expressions backtracks and is many times slower.

import { SLOT } from './shape.js';

/** What may stand inside an address, UUID or clock time. */
const INNER = '.:-';

/**
 * Replaces each number by `<*>`: a run of letters and digits that is all digits, `0x…`, or at least 6 hex digits
 * with one decimal among them; runs of those joined by single `.`, `:` or `-` become one `<*>`.
 */
export function maskNumbers(text: string): string {
  let masked = '';
  let at = 0;
  let isAfterNumber = false;
  while (at < text.length) {
    const end = endOfRun(text, at);
    if (end === at) {
      // a joiner between two numbers is part of the number
      const isInner =
        isAfterNumber && INNER.includes(text[at]!) && isNumber(text, at + 1, endOfRun(text, at + 1), true);
      if (!isInner) {
        masked += text[at];
        isAfterNumber = false;
      }
      at++;
      continue;
    }
    const isNumeric = isNumber(text, at, end, isAfterNumber);
    if (!isNumeric) masked += text.slice(at, end);
    else if (!isAfterNumber) masked += SLOT;
    isAfterNumber = isNumeric;
    at = end;
  }
  return masked;
}

function endOfRun(text: string, start: number): number {
  let at = start;
  while (at < text.length && isAlphanumeric(text.charCodeAt(at))) at++;
  return at;
}

/** @param isJoined the run follows a number and a joiner: four hex digits then make a group of a UUID */
function isNumber(text: string, start: number, end: number, isJoined: boolean): boolean {
  if (end === start) return false;
  let digits = 0;
  let hexLetters = 0;
  const isPrefixed = text.startsWith('0x', start) && end > start + 2;
  for (let at = isPrefixed ? start + 2 : start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code <= 57) digits++;
    else if ((code | 32) <= 102) hexLetters++;
    else return false;
  }
  if (isPrefixed || hexLetters === 0) return true;
  return isJoined ? digits + hexLetters >= 4 : digits > 0 && digits + hexLetters >= 6;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
