// Makes visible what a terminal or a browser would obey without showing it.

const HIDDEN = /(?![\t\n])\p{Cc}|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const LINE_PARTS: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t' };

/** Controls, invisible and direction marks and half surrogates as `\u{…}`; line breaks and tabs stay. */
export function showHidden(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(HIDDEN, (character) => `\\u{${character.codePointAt(0)!.toString(16).padStart(4, '0')}}`);
}

/** The same on one line: breaks and tabs as `\n` and `\t`. */
export function showHiddenOnLine(text: string): string {
  return showHidden(text).replaceAll(/[\n\t]/g, (character) => LINE_PARTS[character]!);
}
