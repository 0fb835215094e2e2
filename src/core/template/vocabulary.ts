// The closed word lists and bounds of the shape scanner, in one place,
// so that the reference scanner and the byte scanner cannot disagree about them.

/** Bytes of the head line that are scanned; what follows is cut at a whole character. */
export const MAX_HEAD_BYTES = 4096;
/** Tokens of a shape; a message with more is cut there. */
export const MAX_TOKENS = 512;
/** A `{…}` or `[…]` payload of more tokens than this is one value: printed objects come in any order and length. */
export const MAX_PAYLOAD_TOKENS = 16;

/** Bytes that are a token of their own. All other bytes above the space make up words. */
export const DELIMITERS = '=,;()[]{}"\'<>|!?`:';

/** What stands alone between two values of one list, range or address: `1, 2`, `3 - 4`, `5 x 6`, `7:8`, `9 *** 9`. */
export const JOINERS: readonly string[] = words(', : | - -- --- / # + * ** *** x X ~ & @ _ $');

/** What stands alone before a value and belongs to it: `- 5`, `# 7`. */
export const SIGNS: readonly string[] = words('- + # $');

/** Unit or zone words: absorbed by the value before them, so that `5 KB` and `3 MB` have one shape. */
export const UNITS: readonly string[] = words(
  'B KB MB GB TB PB kB KiB MiB GiB TiB K M G bit bits byte bytes Byte Bytes kbytes KB/s MB/s GB/s ' +
    'B/s Kbps Mbps Gbps % ns us µs ms s sec secs second seconds msec msecs usec usecs mins minute ' +
    'minutes h hr hrs hour hours day days Hz kHz KHz MHz millisecond milliseconds GHz AM PM am pm ' +
    'UTC GMT CET CEST EST EDT PST PDT MST MDT CST CDT BST IST JST',
);

/** Weekdays and months: part of the value after them, as in `Wed Jun 29 14:44:35 2005`. */
export const DATE_WORDS: readonly string[] = words(
  'Mon Tue Wed Thu Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb ' +
    'Mar Apr May Jun Jul Aug Sep Oct Nov Dec January February March April June July August September ' +
    'October November December',
);

/** Values without a digit, directly after `=`, `:` or `(`. */
export const LITERALS: readonly string[] = words(
  'true false null none nil undefined nan True False None NaN Null TRUE FALSE NULL NONE',
);

/** Before `user`, these make the word after it a name: `invalid user bob`. */
export const USER_PREFIXES: readonly string[] = words('for invalid illegal unknown by of');

/** Keys whose quoted text is the message itself; under any other key a quoted text of several words is a value. */
export const MESSAGE_KEYS: readonly string[] = words('message msg log text event error err reason');

/** Last labels that make a dotted lower-case word a host name. */
export const HOST_ENDINGS: readonly string[] = words(
  'com net org edu gov mil int info biz io arpa co ac local localdomain lan internal cloud',
);

function words(list: string): string[] {
  return list.split(' ');
}
