// Characters that a terminal or a browser obeys without showing them: what a log line could use to move a cursor, turn
// the reading order or look like another line. The one list of them, for pages, terminals and notebooks.

/** Controls; format characters (invisible, or marks of text direction); half surrogates; line and paragraph separators. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Each as an escape to read: `\n`, `\x1b`, `\u{202e}`.
 *
 * @param kept characters that stay as they are, such as line breaks where several lines have room
 */
export function showUnsafe(text: string, kept = ''): string {
  return text.replace(UNSAFE, (character) => (kept.includes(character) ? character : escapeOf(character)));
}

/** Each as a dot, where only the place matters. */
export function coverUnsafe(text: string): string {
  return text.replace(UNSAFE, '·');
}

function escapeOf(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const hex = character.codePointAt(0)!.toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex.padStart(4, '0')}}`;
}
