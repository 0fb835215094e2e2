// Any text of a log as text that a database takes. UTF-8 has no lone surrogates and PostgreSQL no NUL: both would be
// refused or silently replaced. They are written as their escapes, so that nothing is lost and a person can see them.

/**
 * NUL and lone surrogates as `\u0000` and `\ud800`; text that holds such an escape already gets its backslashes doubled,
 * so that the two stay apart. All other text is itself. `readStoredText` is the way back.
 */
export function storableText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  return text.replace(UNSTORABLE, (_, before: string, character: string | undefined) =>
    character === undefined ? before + before : `${before}${before}\\u${hexOf(character)}`,
  );
}

/** @param text as `storableText` gave it */
export function readStoredText(text: string): string {
  if (!ESCAPED.test(text)) return text;
  return text.replace(ESCAPES, (_, backslashes: string, hex: string) => {
    const kept = backslashes.slice(0, backslashes.length >> 1);
    return backslashes.length % 2 === 0 ? `${kept}u${hex}` : kept + String.fromCharCode(parseInt(hex, 16));
  });
}

const HEX = 'u(?:0000|d[89a-f][0-9a-f]{2})';
const UNTAKEN = '\\u0000|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
const ESCAPED = new RegExp(`\\\\${HEX}`);
const ESCAPES = /(\\+)u(0000|d[89a-f][0-9a-f]{2})/g;
const NEEDS_ESCAPE = new RegExp(`${UNTAKEN}|\\\\${HEX}`);
/** A run of backslashes and the character behind it, or the run before what would be read as an escape. */
const UNSTORABLE = new RegExp(`(?<!\\\\)(\\\\*)(?:(${UNTAKEN})|(?<=\\\\)(?=${HEX}))`, 'g');

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
