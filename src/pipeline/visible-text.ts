// Text of a log, made safe for a terminal: what could move the cursor, colour the screen or turn the reading order is shown
// as an escape, not done.

const MOST_CHARACTERS = 400;

/**
 * Control characters (C0, DEL, C1), line and paragraph separators, bidirectional overrides, invisible characters and
 * lone surrogates become `\n`, `\x1b`, `\u202e`. @returns one line, at most `most` characters of the text and a mark
 */
export function visibleText(text: string, most = MOST_CHARACTERS): string {
  // cut first: a log line may be a megabyte long
  const isCut = text.length > most;
  const shown = (isCut ? text.slice(0, most) : text).replace(UNSAFE, escapeOf);
  return isCut ? `${shown} … (${text.length.toLocaleString('en-US')} characters)` : shown;
}

const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeOf(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const hex = character.charCodeAt(0).toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
